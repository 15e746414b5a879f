using MassTransit;
using Sigma.Contracts;
using Sigma.Hosting.Messaging;
using Sigma.Hosting.Texts;
using Sigma.Storage;

namespace Sigma.Gateway.Replies;

/// <summary>Has the evaluator acknowledge alerts. The same message again is the same command, which is obeyed once.</summary>
internal sealed class Acknowledgements(IBus bus)
{
    const int LongestName = 100;

    public async Task Send(string way, Reply reply, CancellationToken ct)
    {
        foreach (var alert in reply.Alerts)
            await bus.PublishInTime(new AcknowledgeAlert
            {
                CommandId = Ids.From("reply", way, reply.Message, alert.ToString("N")), AlertId = alert,
                By = PlainLine(reply.By).Truncate(LongestName), Comment = reply.Comment,
            }, ct);
    }

    // A name from outside is one line.
    static string PlainLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
}
