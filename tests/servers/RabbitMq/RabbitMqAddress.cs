namespace Sigma.TestServers.RabbitMq;

/// <summary>How a broker, its management page and its figures are reached, and as whom.</summary>
internal sealed record RabbitMqAddress(string Host, int Port, Uri ManagementUrl, Uri MetricsUrl, string Username, string Password)
{
    public const string Variable = "SIGMA_TEST_RABBITMQ";
    public const string ManagementVariable = "SIGMA_TEST_RABBITMQ_MANAGEMENT";

    public const string MetricsVariable = "SIGMA_TEST_RABBITMQ_METRICS";

    public static RabbitMqAddress Private(string host, int port, int managementPort, int metricsPort) =>
        new(host, port, new Uri($"http://{host}:{managementPort}"), new Uri($"http://{host}:{metricsPort}"), "sigma", "sigma");

    public static RabbitMqAddress? FromEnvironment()
    {
        if (ServerUri.FromEnvironment(Variable, "amqp", defaultPort: 5672) is not { } server) return null;
        return new RabbitMqAddress(server.Host, server.Port, Url(ManagementVariable, 15672), Url(MetricsVariable, 15692), server.Username,
            server.Password);

        Uri Url(string variable, int usualPort) =>
            new(Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given ? given : $"http://{server.Host}:{usualPort}");
    }
}
