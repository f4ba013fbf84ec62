package io.usance.local;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a Java process of the stack is started: by the JDK that runs the launcher, small and quick to start. */
final class Java {
    static final Path HOME = Path.of(System.getProperty("java.home"));

    /** Many small processes on a small machine: the plain collector is the best of them. */
    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-Xss512k",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /** For who has little to do: takes less memory, and starts faster, than with the compiler that optimizes. */
    private static final String QUICK_COMPILER = "-XX:TieredStopAtLevel=1";

    /**
     * A packaged service; what {@code USANCE_JAVA_OPTIONS} says comes last and wins.
     *
     * @param busy whether it works through many events, so that fast code and room for sums are worth their memory
     */
    static List<String> service(Path application, boolean busy, List<String> cache) {
        List<String> command = command(busy ? "640m" : "256m", cache);
        if (!busy) {
            command.add(QUICK_COMPILER);
        }
        command.addAll(options(System.getenv().getOrDefault("USANCE_JAVA_OPTIONS", "")));
        command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
        command.add("-jar");
        command.add(application.resolve("quarkus-run.jar").toString());
        return command;
    }

    /** A command that a packaged service brings. */
    static List<String> command(Path application, String main) {
        List<String> command = command("128m", List.of());
        command.add("-cp");
        command.add(application.resolve("app") + "/*" + File.pathSeparator + application.resolve("lib/main") + "/*");
        command.add(main);
        return command;
    }

    /** A main class on the launcher's own class path. */
    static List<String> main(Class<?> main, List<String> cache, String... arguments) {
        List<String> command = command("384m", cache);
        command.add(QUICK_COMPILER);
        command.add("-cp");
        command.add(classPath());
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    /** Words between blanks. */
    private static List<String> options(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split(" +"));
    }

    static String classPath() {
        return System.getProperty("java.class.path");
    }

    /** The files and folders of the class path. */
    static List<Path> classPathEntries() {
        return List.of(classPath().split(File.pathSeparator)).stream()
                .map(Path::of)
                .toList();
    }

    private static List<String> command(String heapMax, List<String> cache) {
        List<String> command = new ArrayList<>();
        command.add(HOME.resolve("bin").resolve("java").toString());
        command.addAll(FLAGS);
        command.add("-Xmx" + heapMax);
        command.addAll(cache);
        return command;
    }

    private Java() {}
}
