package org.datalabs.desktop.control;

import atlantafx.base.controls.ModalPane;
import java.util.Optional;
import javafx.animation.Animation;
import javafx.animation.FadeTransition;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.datalabs.desktop.theme.Motion;
import org.jspecify.annotations.Nullable;

/** The layers over the window's content: dialogs on a dimmed ground, and toasts above them. */
public final class OverlayPane extends StackPane implements ModalHost {
    private final ModalPane modal = new ModalPane();
    private final Toasts toasts;
    private final Motion motion;
    private @Nullable Runnable onClosed;
    private @Nullable Node before;

    public OverlayPane(Node content, Motion motion) {
        this.motion = motion;
        toasts = new Toasts(motion);
        modal.setInTransitionFactory(node -> fade(node, 0, 1));
        modal.setOutTransitionFactory(node -> fade(node, 1, 0));
        modal.displayProperty().subscribe(shown -> {
            if (!shown) {
                closed();
            }
        });
        sceneProperty().subscribe(scene -> {
            if (scene != null) {
                scene.focusOwnerProperty().subscribe(this::keepFocusInside);
            }
        });
        getChildren().addAll(content, modal, toasts);
    }

    public ToastHost toasts() {
        return toasts;
    }

    @Override
    public void show(Region dialog, Runnable whenClosed) {
        open(dialog, false, whenClosed);
    }

    @Override
    public void showPersistent(Region dialog, Runnable whenClosed) {
        open(dialog, true, whenClosed);
    }

    @Override
    public void confirm(Confirmation question, Runnable onConfirmed) {
        show(
                new ConfirmDialog(question, this::close, () -> {
                    close();
                    onConfirmed.run();
                }),
                () -> {});
    }

    @Override
    public void close() {
        modal.hide(false);
    }

    @Override
    public boolean isShowing() {
        return modal.isDisplay();
    }

    private void open(Region dialog, boolean persistent, Runnable whenClosed) {
        Node focused = getScene() == null ? null : getScene().getFocusOwner();
        if (isShowing()) {
            focused = before;
            closed();
        }
        before = focused;
        onClosed = whenClosed;
        dialog.setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        modal.setPersistent(persistent);
        modal.show(dialog);
        firstFocusable(dialog).ifPresent(Node::requestFocus);
    }

    private void closed() {
        Runnable told = onClosed;
        Node back = before;
        onClosed = null;
        before = null;
        if (back != null && back.getScene() == getScene()) {
            back.requestFocus();
        }
        if (told != null) {
            told.run();
        }
    }

    private void keepFocusInside(@Nullable Node focused) {
        Node dialog = modal.getContent();
        if (focused != null && dialog != null && isShowing() && !isInside(focused, dialog)) {
            firstFocusable(dialog).ifPresent(Node::requestFocus);
        }
    }

    private static boolean isInside(Node node, Node ancestor) {
        for (Node each = node; each != null; each = each.getParent()) {
            if (each == ancestor) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Node> firstFocusable(Node node) {
        if (node.isFocusTraversable() && !node.isDisabled() && node.isVisible()) {
            return Optional.of(node);
        }
        if (!(node instanceof Parent parent) || !node.isVisible()) {
            return Optional.empty();
        }
        return parent.getChildrenUnmodifiable().stream()
                .map(OverlayPane::firstFocusable)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Animation fade(Node node, double from, double to) {
        FadeTransition fade = new FadeTransition(motion.popover(), node);
        fade.setFromValue(from);
        fade.setToValue(to);
        return fade;
    }
}
