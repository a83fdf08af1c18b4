package org.datalabs.desktop.control;

import atlantafx.base.controls.ModalPane;
import javafx.animation.Animation;
import javafx.animation.FadeTransition;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.datalabs.desktop.theme.Motion;
import org.jspecify.annotations.Nullable;

/** The layers over the window's content: dialogs on a dimmed ground, and toasts above them. */
public final class OverlayPane extends StackPane implements ModalHost {
    private static final double ABOVE_DIALOGS = 2.0 * ModalPane.Z_FRONT;

    private final ModalPane modal = new ModalPane();
    private final Popovers popovers = new Popovers();
    private final Toasts toasts;
    private final Motion motion;
    private @Nullable Runnable onClosed;
    private @Nullable Node before;

    public OverlayPane(Node content, Motion motion) {
        this.motion = motion;
        toasts = new Toasts(motion);
        toasts.setViewOrder(ABOVE_DIALOGS);
        modal.setInTransitionFactory(this::appear);
        // Its end would hide whatever was opened meanwhile, such as the dialog that this one led to.
        modal.setOutTransitionFactory(null);
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
        getChildren().addAll(content, popovers, modal, toasts);
    }

    public ToastHost toasts() {
        return toasts;
    }

    public PopoverHost popovers() {
        return popovers;
    }

    @Override
    public void show(Region dialog, Runnable whenClosed) {
        open(dialog, Pos.CENTER, false, whenClosed);
    }

    @Override
    public void showPersistent(Region dialog, Runnable whenClosed) {
        open(dialog, Pos.CENTER, true, whenClosed);
    }

    @Override
    public void showAtTop(Region dialog, Runnable whenClosed) {
        open(dialog, Pos.TOP_CENTER, false, whenClosed);
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
        modal.hide(true);
    }

    @Override
    public boolean isShowing() {
        return modal.isDisplay();
    }

    private void open(Region dialog, Pos where, boolean persistent, Runnable whenClosed) {
        popovers.close();
        Node focused = getScene() == null ? null : getScene().getFocusOwner();
        if (isShowing()) {
            focused = before;
            closed();
        }
        before = focused;
        onClosed = whenClosed;
        dialog.setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        modal.setAlignment(where);
        modal.setPersistent(persistent);
        // Makes the skin, which takes the dialog into the scene: what is typed next is meant for the dialog.
        modal.applyCss();
        modal.show(dialog);
        Focus.first(dialog).ifPresent(Node::requestFocus);
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
        if (focused != null && dialog != null && isShowing() && !Focus.isInside(focused, dialog)) {
            Focus.first(dialog).ifPresent(Node::requestFocus);
        }
    }

    private Animation appear(Node dialog) {
        FadeTransition fade = new FadeTransition(motion.popover(), dialog);
        fade.setFromValue(0);
        fade.setToValue(1);
        return fade;
    }
}
