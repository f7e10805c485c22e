package io.stapscope.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.stapscope.api.security.LoginTokens;
import io.stapscope.capture.doctor.Doctor;
import io.stapscope.host.Host;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.ConfigProvider;

/** The running service, seen from the terminal it was started in. */
public final class Service implements QuarkusApplication {
    private final LoginTokens tokens;
    private final Host host;

    @Inject
    Service(LoginTokens tokens, Host host) {
        this.tokens = tokens;
        this.host = host;
    }

    @Override
    public int run(String... arguments) throws Exception {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
        var address = "http://127.0.0.1:" + port;
        var token = tokens.takeForPrinting();
        if (TrainCommand.isTraining()) {
            TrainCommand.exercise(address, token == null ? "" : token);
            return 0;
        }
        System.out.println("Stapscope is ready. Open this link (it works once):");
        System.out.println("  " + address + "/login#" + token);
        DoctorCommand.summary(Doctor.examine(host.features(), null), host, ServiceDatabase.description())
                .forEach(line -> System.out.println("  " + line));
        System.out.println("Ctrl-C stops it.");
        System.out.flush();
        Quarkus.waitForExit();
        return 0;
    }
}
