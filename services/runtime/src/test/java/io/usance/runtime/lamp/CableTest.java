package io.usance.runtime.lamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class CableTest {
    private static final int ROUNDS = 500;

    /** A cable that stays cut fails every test after the one that cut it. */
    @Test
    void a_cut_cable_can_be_mended_at_once() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            Cable cable = new Cable(server.getLocalPort());
            for (int round = 0; round < ROUNDS; round++) {
                try (Socket through = connect(cable);
                        Socket arrived = server.accept()) {
                    cable.cut();
                    assertThat(through.getInputStream().read()).isEqualTo(-1);
                    assertThat(arrived.getInputStream().read()).isEqualTo(-1);
                }
                cable.mend();
            }
            cable.cut();
            assertThatThrownBy(() -> connect(cable)).isInstanceOf(ConnectException.class);
        }
    }

    private static Socket connect(Cable cable) throws IOException {
        String address = cable.address();
        return new Socket(
                InetAddress.getLoopbackAddress(), Integer.parseInt(address.substring(address.indexOf(':') + 1)));
    }
}
