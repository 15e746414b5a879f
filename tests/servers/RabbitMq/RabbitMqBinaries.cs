using Sigma.TestServers.Processes;

namespace Sigma.TestServers.RabbitMq;

/// <summary>Settings of a broker that shares nothing with another one on the same machine.</summary>
internal static class RabbitMqBinaries
{
    /// <summary>Debian's own start script changes the user; the one it wraps runs as whoever calls it.</summary>
    public static string? Find() =>
        File.Exists("/usr/lib/rabbitmq/bin/rabbitmq-server") ? "/usr/lib/rabbitmq/bin/rabbitmq-server" : CommandLine.Find("rabbitmq-server");

    public static InstalledServer Broker(string program, PrivateFolder folder, RabbitMqAddress address, int distributionPort, int? portMapperPort,
        string erlangArguments)
    {
        var config = folder.Combine("rabbitmq.conf");
        File.WriteAllText(config,
            $"""
             listeners.tcp.1 = 127.0.0.1:{address.Port}
             management.tcp.ip = 127.0.0.1
             management.tcp.port = {address.ManagementUrl.Port}
             prometheus.tcp.ip = 127.0.0.1
             prometheus.tcp.port = {address.MetricsUrl.Port}
             default_user = {address.Username}
             default_pass = {address.Password}
             disk_free_limit.absolute = 50MB
             log.file = false
             log.console = true
             log.console.level = info

             """);
        var plugins = folder.Combine("enabled_plugins");
        File.WriteAllText(plugins, "[rabbitmq_management,rabbitmq_prometheus].\n");
        var absent = folder.Combine("absent");
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = folder.Path, // Erlang keeps its cookie there
            ["RABBITMQ_NODENAME"] = $"{Path.GetFileName(folder.Path)}@localhost",
            ["RABBITMQ_CONFIG_FILE"] = config,
            ["RABBITMQ_ADVANCED_CONFIG_FILE"] = $"{absent}.config",
            ["RABBITMQ_CONF_ENV_FILE"] = $"{absent}.env",
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = plugins,
            ["RABBITMQ_MNESIA_BASE"] = folder.CreateFolder("data"),
            ["RABBITMQ_LOG_BASE"] = folder.CreateFolder("log"),
            ["RABBITMQ_SCHEMA_DIR"] = folder.CreateFolder("schema"),
            ["RABBITMQ_GENERATED_CONFIG_DIR"] = folder.CreateFolder("config"),
            ["RABBITMQ_PID_FILE"] = folder.Combine("rabbitmq-itself"),
            ["RABBITMQ_DIST_PORT"] = $"{distributionPort}",
            // Loopback only, and no busy waiting: the tests need the processors too.
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] =
                $"-kernel inet_dist_use_interface {{127,0,0,1}} +sbwt none +sbwtdcpu none +sbwtdio none {erlangArguments}",
            // The script makes way for the broker, so that a signal reaches the broker itself.
            ["RUNNING_UNDER_SYSTEMD"] = "true"
        };
        if (portMapperPort is { } port) environment["ERL_EPMD_PORT"] = $"{port}";
        return new InstalledServer(folder, "rabbitmq", program, [], environment, ["RABBITMQ_", "ERL_", "NOTIFY_SOCKET"]);
    }

    /// <summary>Erlang's port mapper. Erlang would start a shared one that nobody ends, so each broker gets its own.</summary>
    public static InstalledServer? PortMapper(PrivateFolder folder, int port) => CommandLine.Find("epmd") is { } epmd
        ? new InstalledServer(folder, "epmd", epmd, ["-port", $"{port}", "-address", "127.0.0.1"], [], ["ERL_", "NOTIFY_SOCKET", "LISTEN_"])
        : null;
}
