package org.datalabs.desktop.control;

import javafx.animation.Animation;
import javafx.animation.Interpolator;
import javafx.animation.RotateTransition;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;
import org.datalabs.desktop.theme.Motion;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/** An icon that turns once per 1.2 s while it is in a scene, or stands still when the user wants no movement. */
public final class Spinner extends StackPane {
    private static final Duration TURN = Duration.millis(1200);
    private static final double FULL = 360;

    private final FontIcon icon = new FontIcon(Octicons.SYNC_16);
    private final RotateTransition turning = new RotateTransition(TURN, icon);
    private final Motion motion;
    private boolean wanted = true;

    public Spinner(Motion motion) {
        this.motion = motion;
        turning.setByAngle(FULL);
        turning.setCycleCount(Animation.INDEFINITE);
        turning.setInterpolator(Interpolator.LINEAR);
        getChildren().add(icon);
        sceneProperty().subscribe(scene -> turnOrStand());
        visibleProperty().subscribe(shown -> turnOrStand());
    }

    /** Shows {@code ikon}, turning or not. */
    public void show(Ikon ikon, boolean turns) {
        wanted = turns;
        icon.setIconCode(ikon);
        turnOrStand();
    }

    private void turnOrStand() {
        if (wanted
                && getScene() != null
                && isVisible()
                && !motion.reducedProperty().get()) {
            turning.play();
        } else {
            turning.stop();
            icon.setRotate(0);
        }
    }
}
