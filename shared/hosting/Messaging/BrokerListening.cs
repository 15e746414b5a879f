using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;

namespace Sigma.Hosting.Messaging;

/// <summary>
/// Holds each attempt of the bus to connect until the broker listens. MassTransit waits longer after each attempt that fails: after an outage of half
/// a minute it would try again up to a minute after the broker is back.
/// </summary>
internal sealed class BrokerListening(IOptions<RabbitMqOptions> options, IHostApplicationLifetime process, ILogger<BrokerListening> log)
{
    static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2), Pause = TimeSpan.FromMilliseconds(500);

    bool _reported;

    /// <summary>Waits until the broker listens, or the process stops.</summary>
    public async Task Wait(ConnectionFactory connection)
    {
        while (await Refusal(process.ApplicationStopping) is { } refusal)
        {
            if (!_reported)
                log.LogWarning("The broker {Host}:{Port} is unavailable, retrying every half second: {Reason}", options.Value.Host,
                    options.Value.Port, refusal);
            _reported = true;
            await Task.Delay(Pause, process.ApplicationStopping);
        }
        _reported = false;
    }

    async Task<string?> Refusal(CancellationToken stop)
    {
        using TcpClient client = new();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Timeout);
        try
        {
            await client.ConnectAsync(options.Value.Host, options.Value.Port, limit.Token);
            return null;
        }
        catch (SocketException e)
        {
            return e.Message;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return $"it did not answer within {Timeout.TotalSeconds:0} s";
        }
    }
}
