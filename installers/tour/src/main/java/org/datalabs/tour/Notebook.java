package org.datalabs.tour;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/** The notebook that the tour writes: it reads the Messier table with Astropy and plots it. */
final class Notebook {
    private static final List<String> CELL = List.of(
            "from astropy.table import Table",
            "import matplotlib.pyplot as plt",
            "t = Table.read('/data/samples/messier.xml')",
            "plt.scatter(t['RA'], t['DEC'])",
            "plt.show()",
            "print('rows', len(t))");

    private Notebook() {}

    /** Types its one cell wherever the focus is. */
    static void type(Hands hands) {
        for (String line : CELL) {
            hands.type(line);
            hands.press("Return");
        }
    }

    /** Whether a saved notebook (nbformat 4) holds the plot and the number of rows. */
    static boolean holdsResult(String saved) {
        JsonNode outputs;
        try {
            outputs = new ObjectMapper().readTree(saved).at("/cells/0/outputs");
        } catch (JsonProcessingException halfWritten) {
            return false;
        }
        boolean plotted = false;
        boolean counted = false;
        for (JsonNode output : outputs) {
            plotted |= output.at("/data").has("image/png");
            counted |= output.at("/text").toString().contains("rows 110");
        }
        return plotted && counted;
    }
}
