package io.usance.runtime.lamp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** What stands between a service and its database: a test can pull it out, or let nothing come through. */
public final class Cable {
    private static final int PORT_MIN = 15_000;
    private static final int PORT_MAX = 30_000;
    private static final int PORTS_MAX = 100;

    private final int serverPort;
    private final int port;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private final Object flow = new Object();
    private ServerSocket door;
    private Thread doorkeeper;
    private boolean stalled;
    private volatile boolean slamming;
    private volatile int slammed;

    Cable(int serverPort) {
        this.serverPort = serverPort;
        this.port = openSomewhere();
    }

    /** Below the ports that outgoing connections get: one of those would take the place of a cut cable. */
    private int openSomewhere() {
        for (int attempt = 0; attempt < PORTS_MAX; attempt++) {
            try {
                return open(ThreadLocalRandom.current().nextInt(PORT_MIN, PORT_MAX));
            } catch (UncheckedIOException taken) {
                // Somebody else's: try another.
            }
        }
        throw new IllegalStateException("no free port from " + PORT_MIN + " to " + PORT_MAX);
    }

    /** host:port of the near end */
    String address() {
        return "127.0.0.1:" + port;
    }

    /** Breaks every connection; new ones are refused until the cable is mended. */
    public void cut() {
        try {
            door.close();
            // The port is free again only when nobody waits at the door any more, and not as soon as it is closed.
            doorkeeper.join();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
        breakAll();
    }

    /** Breaks every connection; new ones are taken and broken at once until the cable is mended. */
    public void slam() {
        slamming = true;
        slammed = 0;
        breakAll();
    }

    /** How many connections were broken at once. */
    public int slammed() {
        return slammed;
    }

    /** Connections stay, and new ones are taken, but nothing comes through until the cable is mended. */
    public void stall() {
        synchronized (flow) {
            stalled = true;
        }
    }

    public void mend() {
        slamming = false;
        synchronized (flow) {
            stalled = false;
            flow.notifyAll();
        }
        if (door.isClosed()) {
            open(port);
        }
    }

    private void breakAll() {
        for (Socket end : ends) {
            try {
                end.close();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        ends.clear();
    }

    private int open(int wanted) {
        try {
            ServerSocket opened = new ServerSocket();
            opened.setReuseAddress(true);
            opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            door = opened;
            doorkeeper = Thread.ofPlatform().daemon().name("cable").start(() -> accept(opened));
            return opened.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void accept(ServerSocket opened) {
        try {
            while (true) {
                connect(opened.accept());
            }
        } catch (IOException closed) {
            // Cut: nobody comes in any more.
        }
    }

    private void connect(Socket near) throws IOException {
        if (slamming) {
            near.close();
            slammed++;
            return;
        }
        Socket far;
        try {
            far = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        } catch (IOException away) {
            near.close();
            return;
        }
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        ends.add(near);
        ends.add(far);
        Thread.ofVirtual().start(() -> carry(near, far));
        Thread.ofVirtual().start(() -> carry(far, near));
        if (slamming) {
            // Slammed in between, when this pair could not be seen yet.
            breakAll();
        }
    }

    private void carry(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitFlow();
                out.write(buffer, 0, read);
            }
        } catch (IOException closed) {
            // One end has gone, so the other goes too.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            ends.remove(from);
            ends.remove(to);
        }
    }

    private void awaitFlow() throws InterruptedException {
        synchronized (flow) {
            while (stalled) {
                flow.wait();
            }
        }
    }
}
