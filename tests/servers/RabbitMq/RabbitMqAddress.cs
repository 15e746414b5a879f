namespace Sigma.TestServers.RabbitMq;

/// <summary>How a broker and its management page are reached, and as whom.</summary>
internal sealed record RabbitMqAddress(string Host, int Port, Uri ManagementUrl, string Username, string Password)
{
    public const string Variable = "SIGMA_TEST_RABBITMQ";
    public const string ManagementVariable = "SIGMA_TEST_RABBITMQ_MANAGEMENT";

    public static RabbitMqAddress Private(int port, int managementPort) =>
        new("127.0.0.1", port, new Uri($"http://127.0.0.1:{managementPort}"), "sigma", "sigma");

    public static RabbitMqAddress? FromEnvironment()
    {
        if (ServerUri.FromEnvironment(Variable, "amqp", defaultPort: 5672) is not { } server) return null;
        var management = Environment.GetEnvironmentVariable(ManagementVariable) is { Length: > 0 } url ? new Uri(url) : new Uri($"http://{server.Host}:15672");
        return new RabbitMqAddress(server.Host, server.Port, management, server.Username, server.Password);
    }
}
