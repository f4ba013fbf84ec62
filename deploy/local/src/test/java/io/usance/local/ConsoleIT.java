package io.usance.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The console in a real browser: the first user's guide, and the main job of every page. */
class ConsoleIT {
    private static final Path CONSOLE = Path.of("../../services/console");

    @Test
    void the_guide_and_every_page_work_in_a_browser() throws Exception {
        // Of its own: the guide begins where nobody has been before.
        try (Stack stack = Stack.start()) {
            Path report = Files.createTempFile(Path.of("target"), "browser", ".log");
            ProcessBuilder tests = new ProcessBuilder("npm", "run", "--silent", "browser")
                    .directory(CONSOLE.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(report.toFile());
            tests.environment().put("USANCE_URL", stack.baseUri().toString());
            tests.environment().put("USANCE_TOKEN", stack.token());
            Process process = tests.start();
            boolean ended = process.waitFor(15, TimeUnit.MINUTES);
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            String said = said(report);
            System.out.println(said);
            assertThat(ended)
                    .as("the tests in the browser end in time:%n%s", said)
                    .isTrue();
            assertThat(process.exitValue()).as(said).isZero();
            assertThat(said).containsPattern("\\d+ passed");
        }
    }

    private static String said(Path report) {
        try {
            return Files.readString(report);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
