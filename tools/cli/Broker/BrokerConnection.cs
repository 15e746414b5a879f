using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Sigma.Cli.Settings;
using Sigma.Hosting.Messaging;

namespace Sigma.Cli.Broker;

/// <summary>The broker of the services, over AMQP alone: it works wherever they do, with or without the management page.</summary>
internal static class BrokerConnection
{
    static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <exception cref="BrokerException">It is unavailable, or refuses our login.</exception>
    public static async Task<IConnection> Open(CliSettings settings, CancellationToken ct)
    {
        if (settings.Of<BusOptions>("Bus").Transport == BusTransport.InMemory)
            throw new BrokerException(
                "Bus__Transport is InMemory: messages live in the process of the services and there are no queues to look into. What fails there is "
                    + "said in its log.");
        var broker = settings.Of<RabbitMqOptions>("RabbitMq");
        var tls = new BrokerTls(Options.Create(broker));
        try
        {
            return await new BrokerClient(Options.Create(broker), tls).Open("sigma", Timeout, ct);
        }
        catch (Exception e) when (e is BrokerUnreachableException or OperationInterruptedException)
        {
            throw new BrokerException($"The broker at {broker.Host}:{broker.Port} {tls.Refusal ?? Refusal(e, broker)}");
        }
    }

    static string Refusal(Exception e, RabbitMqOptions broker) => (e.InnerException ?? e) switch
    {
        AuthenticationFailureException => $"refuses the user {broker.Username}: look at RabbitMq__Username and RabbitMq__Password.",
        OperationInterruptedException { ShutdownReason.ReplyCode: Constants.NotAllowed } =>
            $"has no virtual host {broker.VirtualHost} for {broker.Username}: look at RabbitMq__VirtualHost.",
        var other => $"does not answer: {other.GetBaseException().Message}",
    };
}

/// <summary>The broker is unavailable to a command or refuses it.</summary>
internal sealed class BrokerException(string message) : Exception(message);
