using System.Text;
using RabbitMQ.Client;
using Sigma.Cli.Broker;
using Sigma.Cli.Settings;
using Sigma.Hosting.Messaging;
using ErrorQueue = Sigma.Cli.Errors.ErrorQueue;

namespace Sigma.Cli.Doctor;

/// <summary>Whether the broker accepts our login and messages, whether each queue has a consumer, and whether an error queue has messages.</summary>
internal sealed class BrokerDoctorCheck(CliSettings settings) : IDoctorCheck
{
    const string Broker = "broker", InQueues = "queues", InErrorQueues = "error queues";

    static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    static readonly CreateChannelOptions Confirming = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    public IReadOnlyList<string> CheckNames => [Broker, InQueues, InErrorQueues];

    public async Task Run(Findings findings, CancellationToken ct)
    {
        if (settings.Of<BusOptions>("Bus").Transport == BusTransport.InMemory)
        {
            foreach (var check in CheckNames)
                findings.DoesNotApply(check, "messages stay within the process (Bus__Transport is InMemory)");
            return;
        }
        await using var broker = await BrokerConnection.Open(settings, ct);
        await Confirm(broker, findings, ct);
        await LookAtQueues(broker, findings, ct);
        await LookAtErrorQueues(broker, findings, ct);
    }

    async Task Confirm(IConnection broker, Findings findings, CancellationToken ct)
    {
        await using var channel = await broker.CreateChannelAsync(Confirming, ct);
        try
        {
            // Nobody's queue: it is confirmed and forgotten.
            await channel.BasicPublishAsync("", "sigma.doctor", ReadOnlyMemory<byte>.Empty, ct).AsTask().WaitAsync(Timeout, ct);
        }
        catch (TimeoutException)
        {
            findings.Wrong(Broker, "The broker accepts our login but no messages, as in an alarm of its memory or disk",
                "Its page says which: make room.");
            return;
        }
        var options = settings.Of<RabbitMqOptions>("RabbitMq");
        var version = broker.ServerProperties?.TryGetValue("version", out var said) == true && said is byte[] text
            ? Encoding.UTF8.GetString(text) : "";
        findings.Ok(Broker,
            $"RabbitMQ {version} at {options.Host}:{options.Port}, virtual host {options.VirtualHost}, {(options.Tls ? "over TLS" : "without TLS")}");
    }

    static async Task LookAtQueues(IConnection broker, Findings findings, CancellationToken ct)
    {
        List<(string Name, QueueDeclareOk? State)> queues = [];
        foreach (var name in Queues.All)
            if (await Queues.State(broker, name, ct) is var state && (state is not null || !Queues.IsOptional(name)))
                queues.Add((name, state));
        var well = true;
        foreach (var service in queues.GroupBy(queue => queue.Name.Split('.')[0]))
        {
            if (service.Where(queue => queue.State is null).Select(queue => queue.Name).ToList() is { Count: > 0 } missing)
            {
                findings.Wrong(InQueues, $"There is no queue {string.Join(", ", missing)}",
                    $"Start the {service.Key}, or look whether it runs on this broker and virtual host.");
                well = false;
            }
            if (service.Where(queue => queue.State is { ConsumerCount: 0 }).ToList() is { Count: > 0 } idle)
            {
                findings.Wrong(InQueues,
                    $"Nobody takes from {string.Join(", ", idle.Select(queue => $"{queue.Name} ({Messages(queue.State!.MessageCount)})"))}",
                    $"Is the {service.Key} running, and what does its /health/ready say?");
                well = false;
            }
        }
        if (well)
            findings.Ok(InQueues, $"all {queues.Count} have a consumer, {Messages(queues.Sum(queue => queue.State!.MessageCount))} in them");
    }

    static async Task LookAtErrorQueues(IConnection broker, Findings findings, CancellationToken ct)
    {
        List<string> filled = [];
        foreach (var queue in ErrorQueue.All)
            if (await Queues.Waiting(broker, queue.Name, ct) is > 0 and { } messages)
                filled.Add($"{queue.Name} ({Messages(messages)})");
        if (filled.Count == 0)
            findings.Ok(InErrorQueues, "empty");
        else
            findings.Wrong(InErrorQueues, $"Not empty: {string.Join(", ", filled)}", "'sigma errors list' says why.");
    }

    static string Messages(long count) => count == 1 ? "1 message" : $"{count:#,0} messages";
}
