package org.datalabs.desktop.settings;

import java.net.URI;
import org.datalabs.desktop.view.ScreenContext;

/** Asks for a datazone to add, over whatever the window shows; on the JavaFX thread. */
public final class DatazoneForm {
    private final ScreenContext context;

    public DatazoneForm(ScreenContext context) {
        this.context = context;
    }

    /** Asks for everything. */
    public void open() {
        show(new NewDatazoneViewModel(context.datazones()));
    }

    /** Asks for the token of the datazone at {@code address}. */
    public void open(URI address) {
        NewDatazoneViewModel model = new NewDatazoneViewModel(context.datazones());
        model.suggest(address);
        show(model).focusToken();
    }

    private NewDatazoneDialog show(NewDatazoneViewModel model) {
        NewDatazoneDialog dialog = new NewDatazoneDialog(model, context.dialogs()::close);
        context.dialogs().showPersistent(dialog, () -> {});
        return dialog;
    }
}
