using Microsoft.Extensions.Options;
using RabbitMQ.Client;

namespace Sigma.Hosting.Messaging;

/// <summary>Connections to the broker beside MassTransit's, with the same settings.</summary>
public sealed class BrokerClient(IOptions<RabbitMqOptions> options, BrokerTls tls)
{
    /// <summary>Opens one, which does not mend itself.</summary>
    /// <param name="name">What the broker's page shows.</param>
    /// <param name="patience">How long that and each request may take.</param>
    /// <param name="ct">Ends the waiting.</param>
    public Task<IConnection> Open(string name, TimeSpan patience, CancellationToken ct)
    {
        var broker = options.Value;
        return new ConnectionFactory
        {
            HostName = broker.Host,
            Port = broker.Port,
            VirtualHost = broker.VirtualHost,
            UserName = broker.Username,
            Password = broker.Password,
            Ssl = tls.Option,
            ClientProvidedName = name,
            AutomaticRecoveryEnabled = false,
            MaxInboundMessageBodySize = Bus.LargestInbound,
            RequestedHeartbeat = broker.Heartbeat,
            RequestedConnectionTimeout = patience,
            ContinuationTimeout = patience,
        }.CreateConnectionAsync(ct);
    }
}
