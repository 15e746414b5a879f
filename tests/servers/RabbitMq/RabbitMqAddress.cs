namespace Sigma.TestServers.RabbitMq;

/// <summary>How a broker, its management page and its figures are reached, and as whom.</summary>
internal sealed record RabbitMqAddress(string Host, int Port, Uri ManagementUrl, Uri MetricsUrl, string Username, string Password)
{
    public const string Variable = "SIGMA_TEST_RABBITMQ";
    public const string ManagementVariable = "SIGMA_TEST_RABBITMQ_MANAGEMENT";

    public const string MetricsVariable = "SIGMA_TEST_RABBITMQ_METRICS";

    public static RabbitMqAddress Private(int port, int managementPort, int metricsPort) =>
        new("127.0.0.1", port, new Uri($"http://127.0.0.1:{managementPort}"), new Uri($"http://127.0.0.1:{metricsPort}"), "sigma", "sigma");

    public static RabbitMqAddress? FromEnvironment()
    {
        if (ServerUri.FromEnvironment(Variable, "amqp", defaultPort: 5672) is not { } server) return null;
        return new RabbitMqAddress(server.Host, server.Port, Url(ManagementVariable, 15672), Url(MetricsVariable, 15692), server.Username,
            server.Password);

        Uri Url(string variable, int usualPort) =>
            new(Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given ? given : $"http://{server.Host}:{usualPort}");
    }
}
