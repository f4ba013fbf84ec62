package io.usance.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide in the documentation, its commands run by a shell as they stand. */
class GettingStartedIT {
    private static final Path GUIDE = Path.of("../../docs/guides/getting-started.md");
    private static final Pattern BLOCK = Pattern.compile("```(sh|text)\\n(.*?)```", Pattern.DOTALL);
    private static final String MARK = "--- block ";

    private final Stack stack = Stack.shared();

    @Test
    void every_command_of_the_guide_works_and_prints_what_the_guide_says(@TempDir Path folder) throws Exception {
        List<String> commands = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(GUIDE));
        while (block.find()) {
            if (block.group(1).equals("sh")) {
                commands.add(block.group(2));
                outputs.add(null);
            } else {
                outputs.set(outputs.size() - 1, block.group(2));
            }
        }
        assertThat(commands).hasSizeGreaterThan(8);

        String[] printed = run(folder, commands).split(MARK + "\\d+\\n", -1);

        for (int i = 0; i < commands.size(); i++) {
            if (outputs.get(i) != null) {
                assertThat(printed[i]).as(commands.get(i)).isEqualToNormalizingNewlines(outputs.get(i));
            }
        }
    }

    private String run(Path folder, List<String> commands) throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder("set -euo pipefail\n");
        for (int i = 0; i < commands.size(); i++) {
            script.append(commands.get(i))
                    .append("echo '")
                    .append(MARK)
                    .append(i)
                    .append("'\n");
        }
        Path file = Files.writeString(folder.resolve("guide.sh"), script);
        ProcessBuilder shell = new ProcessBuilder("bash", file.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true);
        shell.environment().put("USANCE", stack.baseUri() + "/v3/openmeter");
        shell.environment().put("USANCE_TOKEN", stack.token());
        Process process = shell.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }
}
