using Sigma.Cli.Consoles;
using Sigma.OperatorConsole.Operations;
using Spectre.Console;

namespace Sigma.Cli.Errors;

/// <summary>
/// Error queues, as a console looks into them: it shows the first hundred messages of each, and keeps what it drops in its audit log.
/// </summary>
internal sealed class ConsoleErrors(ConsoleApi console, Screen screen)
{
    const int BodyLines = 40;

    /// <summary>Returns the exit code, as the others do.</summary>
    public async Task<int> List(CancellationToken ct)
    {
        var filled = (await console.Get<IReadOnlyList<QueueDepth>>("system/queues", ct))
            .Where(queue => queue is { Origin: not null, Messages: > 0 }).ToList();
        List<(QueueDepth Queue, IReadOnlyList<FailedMessage> First)> found = [];
        foreach (var queue in filled)
            found.Add((queue, await Messages(queue.Queue, ct)));
        if (screen.Json)
            foreach (var (queue, first) in found)
                screen.Line(new { queue = queue.Queue, from = queue.Origin, messages = queue.Messages, oldest = first.Min(message => message.At),
                    reason = Reason(first) });
        else if (found.Count == 0)
            screen.Line("No message lies in an error queue.");
        else
        {
            var table = Screen.Columns("lrlw");
            foreach (var (queue, first) in found)
                table.AddRow(new Text(queue.Queue), new Text(Screen.Number(queue.Messages!.Value)),
                    new Text(Screen.Time(first.Min(message => message.At))), new Text(Reason(first) ?? "?"));
            screen.Show(table);
        }
        return found.Count > 0 ? ExitCode.ProblemFound : ExitCode.Ok;
    }

    public async Task<int> Show(ErrorQueue queue, IReadOnlyCollection<string> ids, int limit, bool full, CancellationToken ct)
    {
        var shown = (await Messages(queue.Name, ct)).Where(message => ids.Count == 0 || ids.Contains(message.Id)).Take(limit).ToList();
        foreach (var message in shown)
            if (screen.Json)
                screen.Line(new { queue = queue.Name, id = message.Id, type = message.Type, at = message.At, exception = message.Exception,
                    reason = message.Reason, consumer = message.Consumer, body = message.Body });
            else
                Print(queue, message, full);
        if (shown.Count > 0)
            return ExitCode.Ok;
        screen.Say(ids.Count > 0 ? $"{queue.Name} has no such message among the first hundred." : $"{queue.Name} is empty.");
        return ExitCode.ProblemFound;
    }

    public Task<int> Retry(ErrorQueue queue, IReadOnlyCollection<string> ids, CancellationToken ct) =>
        Move(queue, "send-back", ids, $"sent back to {queue.Origin}", ct);

    /// <summary>Without ids all that are in the queue now.</summary>
    public async Task<int> Drop(ErrorQueue queue, IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        if (ids.Count > 0)
            return await Move(queue, "drop", ids, "dropped, and kept in the console's audit log", ct);
        var dropped = 0L;
        while ((await Messages(queue.Name, ct)).Select(message => message.Id).ToList() is { Count: > 0 } first)
        {
            var moved = await Post(queue, "drop", first, ct);
            dropped += moved;
            if (moved == 0)
                break;
        }
        Tell(queue, dropped, "dropped, and kept in the console's audit log");
        return ExitCode.Ok;
    }

    async Task<int> Move(ErrorQueue queue, string verb, IReadOnlyCollection<string> ids, string done, CancellationToken ct)
    {
        var moved = await Post(queue, verb, ids, ct);
        Tell(queue, moved, done);
        if (moved >= ids.Count)
            return ExitCode.Ok;
        screen.Say($"{queue.Name} has not all of these messages.");
        return ExitCode.ProblemFound;
    }

    void Tell(ErrorQueue queue, long number, string done) => screen.Line(new { queue = queue.Name, messages = number },
        $"{Screen.Number(number)} {(number == 1 ? "message" : "messages")} of {queue.Name} {done}.");

    async Task<int> Post(ErrorQueue queue, string verb, IReadOnlyCollection<string> ids, CancellationToken ct) => (await console
        .Send<MovedMessages>(HttpMethod.Post, $"system/queues/{Uri.EscapeDataString(queue.Name)}/{verb}", new { ids }, ct)).Number;

    Task<IReadOnlyList<FailedMessage>> Messages(string queue, CancellationToken ct) =>
        console.Get<IReadOnlyList<FailedMessage>>($"system/queues/{Uri.EscapeDataString(queue)}/messages", ct);

    static string? Reason(IReadOnlyList<FailedMessage> messages) => messages.Count == 0 ? null : Screen.OneLine(messages
        .CountBy(message => $"{message.Exception?.Split('.')[^1]}: {message.Reason}".TrimStart(':', ' ')).MaxBy(reason => reason.Value).Key);

    void Print(ErrorQueue queue, FailedMessage message, bool full)
    {
        var body = Screen.Harmless(message.Body).Split('\n');
        screen.Line($"{queue.Name}  {Screen.OneLine(message.Id)}");
        screen.Line($"  type      {Screen.OneLine(message.Type ?? "?")}");
        screen.Line($"  when      {Screen.Time(message.At)} UTC");
        screen.Line($"  reason    {Screen.OneLine($"{message.Exception}: {message.Reason}".TrimStart(':', ' '))}");
        screen.Line($"  consumer  {Screen.OneLine(message.Consumer ?? "?")}");
        foreach (var line in full ? body : body.Take(BodyLines))
            screen.Line($"  {line.TrimEnd('\r')}");
        if (!full && body.Length > BodyLines)
            screen.Line($"  … {Screen.Number(body.Length - BodyLines)} more lines, --full shows them");
    }
}
