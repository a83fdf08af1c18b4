package org.datalabs.desktop.view;

import java.util.List;
import org.datalabs.core.problem.Problem;
import org.datalabs.desktop.control.Action;

/** What a page shows in place of, or as, its content. */
public sealed interface ViewState {
    /** The content itself; pages stay readable offline. */
    record Content() implements ViewState {}

    /**
     * The content is on its way; its shape is shown after 300 ms.
     *
     * @param what what is loaded, such as "Loading datalabs from SCI-CLOUD"
     */
    record Loading(String what) implements ViewState {}

    /**
     * There is nothing to show.
     *
     * @param actions what to do, the likeliest first
     */
    record Empty(Drawing drawing, String title, String text, List<Action> actions) implements ViewState {
        public Empty {
            actions = List.copyOf(actions);
        }
    }

    /**
     * The content cannot be had.
     *
     * @param title what does not work, such as "EO-CLOUD does not answer"
     * @param actions what to do, the likeliest first
     */
    record Broken(String title, Problem problem, List<Action> actions) implements ViewState {
        public Broken {
            actions = List.copyOf(actions);
        }
    }

    /** Pictures of empty pages. */
    enum Drawing {
        ORBIT,
        SEARCH,
        DISCONNECTED,
        FAULT
    }
}
