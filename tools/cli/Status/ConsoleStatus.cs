using Sigma.Cli.Alerts;
using Sigma.Cli.Consoles;
using Sigma.OperatorConsole.Operations;
using Sigma.OperatorConsole.Services;
using Spectre.Console;

namespace Sigma.Cli.Status;

/// <summary>
/// <c>sigma status</c> of a console: health of the services, coverage, raised alerts, deliveries, outbox and queues. Which keys are nearest to their
/// threshold, and what was put aside, it does not tell.
/// </summary>
internal sealed class ConsoleStatus(ConsoleApi console, Screen screen, TimeProvider time)
{
    const int MostRanges = 8, MostDeliveries = 1000, Tries = 5;

    // The notifier's default, of which a console says nothing.
    static readonly TimeSpan BlindAfter = TimeSpan.FromMinutes(30), StuckAfter = TimeSpan.FromMinutes(1);

    static readonly string[] Open = ["pending", "waiting", "sending", "held", "uncertain", "failed"];

    /// <summary>Returns the exit code.</summary>
    public async Task<int> Run(int hours, CancellationToken ct)
    {
        Problems problems = new(screen);
        await Part("health", Health, problems, ct);
        await Part("coverage", (found, end) => Coverage(hours, found, end), problems, ct);
        await Part("alerts", async (_, end) => ActiveAlerts.Show(screen,
            await new ConsoleAlerts(console, screen).Raised(null, false, end), time.GetUtcNow()), problems, ct);
        await Part("deliveries", Deliveries, problems, ct);
        await Part("outbox", Outbox, problems, ct);
        await Part("queues", Queues, problems, ct);
        if (!screen.Json)
            screen.Line("\nKeys near their threshold and what was put aside a console does not tell: 'sigma status' beside the database does.");
        return problems.Report();
    }

    // One part that another service owes must not keep the others out; who may not ask at all is told so.
    async Task Part(string name, Func<Problems, CancellationToken, Task> show, Problems problems, CancellationToken ct)
    {
        try
        {
            await show(problems, ct);
        }
        catch (ConsoleException e) when (e.Status is System.Net.HttpStatusCode.ServiceUnavailable or System.Net.HttpStatusCode.InternalServerError)
        {
            screen.Line(new { kind = name, state = "away", says = e.Message }, $"{name}: {Screen.OneLine(e.Message)}");
            if (name != "queues" || !e.Message.Contains("stay in the process", StringComparison.Ordinal))
                problems.Add($"{name}: {Screen.OneLine(e.Message).TrimEnd('.')}");
        }
    }

    async Task Health(Problems problems, CancellationToken ct)
    {
        foreach (var health in await console.Get<IReadOnlyList<ServiceHealth>>("system/health", ct))
        {
            var names = string.Join(", ", health.Services);
            screen.Line(new { kind = "health", services = health.Services, status = health.Status, version = health.Version,
                checks = health.Checks, says = health.Problem },
                $"{Screen.OneLine(names)}: {Screen.OneLine(health.Status ?? health.Problem ?? "?")}");
            if (health.IsOk)
                continue;
            var wrong = health.Problem ?? string.Join("; ", health.Checks.Where(check => check.Value != "ok")
                .Select(check => $"{check.Key}: {check.Value}"));
            problems.Add($"{Screen.OneLine(names)}: {Screen.OneLine(wrong)}");
        }
    }

    async Task Coverage(int hours, Problems problems, CancellationToken ct)
    {
        var coverage = await console.Get<SourceCoverage>(ConsoleApi.Path("system/coverage", ("hours", hours)), ct);
        var lag = coverage.Watermark is { } watermark ? coverage.At - watermark : (TimeSpan?)null;
        var blind = !(lag <= BlindAfter);
        screen.Line(new { kind = "source", source = coverage.Source, fetchedUntil = coverage.Watermark, lagSeconds = coverage.LagSeconds, blind,
            lastPoll = coverage.LastPoll, lastPollStopped = coverage.LastPollStopped, minutes = coverage.Minutes },
            $"\n{Screen.OneLine(coverage.Source)}\n  fetched until "
            + $"{(coverage.Watermark is { } until ? $"{Screen.Time(until)} UTC, {Screen.Span(coverage.At - until)} ago" : "never")}\n  minutes: "
            + string.Join(", ", coverage.Minutes.Select(state => $"{Screen.Number(state.Value)} {state.Key}")));
        var others = coverage.Ranges.Where(range => range.State is "late" or "missing").Reverse().ToList();
        foreach (var range in screen.Json ? coverage.Ranges : others.Take(MostRanges))
            screen.Line(new { kind = "coverage", source = coverage.Source, from = range.From, to = range.To, minutes = range.Minutes,
                state = range.State, reason = range.Reason, attempts = range.Attempts, nextTry = range.NextTry, coveredAt = range.CoveredAt },
                StatusCommand.Shortened($"  {range.From.UtcDateTime:HH:mm} to {range.To.UtcDateTime:HH:mm} {range.State}: "
                    + $"{Screen.OneLine(range.Reason ?? "?")}"));
        if (blind)
            problems.Add(lag is { } behind ? $"{Screen.OneLine(coverage.Source)} is not watched for {Screen.Span(behind)}"
                : $"{Screen.OneLine(coverage.Source)} is not watched yet");
    }

    async Task Deliveries(Problems problems, CancellationToken ct)
    {
        var found = await console.Get<IReadOnlyList<Delivery>>(ConsoleApi.Path("deliveries",
            [.. Open.Select(state => ("state", (object?)state)), ("limit", MostDeliveries)]), ct);
        if (!screen.Json)
            screen.Line(found.Count == 0 ? "\nNo delivery waits."
                : "\nDeliveries that wait, or that a person must look at ('sigma deliveries list'):");
        foreach (var same in found.GroupBy(delivery => (delivery.Channel, delivery.State)))
        {
            var oldest = same.Min(delivery => delivery.CreatedAt);
            screen.Line(new { kind = "deliveries", channel = same.Key.Channel, state = same.Key.State, number = same.Count(), oldest },
                $"  {Screen.OneLine(same.Key.Channel)} {same.Key.State}: {Screen.Number(same.Count())}, oldest {Screen.Time(oldest)} UTC");
        }
        if (found.Count == MostDeliveries)
            screen.Remark($"A console says no more than {Screen.Number(MostDeliveries)} deliveries at once: there may be more.");
    }

    async Task Outbox(Problems problems, CancellationToken ct)
    {
        foreach (var waiting in await console.Get<IReadOnlyList<OperatorConsole.Operations.WaitingMessages>>("system/outbox", ct))
        {
            screen.Line(new { kind = "outbox", owner = waiting.Service, number = waiting.Number, attempts = waiting.Attempts },
                $"{Screen.Number(waiting.Number)} of the {waiting.Service}'s messages {(waiting.Number == 1 ? "is" : "are")} "
                + "not with the broker yet.");
            if (waiting.Attempts > Tries || waiting.Late > StuckAfter)
                problems.Add($"the {waiting.Service}'s messages do not reach the broker: is it up, and is the service?");
        }
    }

    async Task Queues(Problems problems, CancellationToken ct)
    {
        var depths = await console.Get<IReadOnlyList<QueueDepth>>("system/queues", ct);
        var shown = depths.Where(depth => depth.Messages is not null && (depth.Origin is null || depth.Messages > 0 || screen.Json)).ToList();
        var table = Screen.Columns("lrr");
        table.AddRow(new Text("Queue"), new Text("Messages"), new Text("Consumers"));
        foreach (var depth in shown)
        {
            if (screen.Json)
                screen.Line(new { kind = "queue", queue = depth.Queue, errors = depth.Origin is not null, messages = depth.Messages,
                    consumers = depth.Consumers });
            else
                table.AddRow(new Text(depth.Queue), new Text(Screen.Number(depth.Messages!.Value)),
                    new Text(depth.Consumers is { } consumers ? Screen.Number(consumers) : ""));
            if (depth is { Origin: not null, Messages: > 0 })
                problems.Add($"{depth.Queue} holds {Screen.Number(depth.Messages.Value)} {(depth.Messages == 1 ? "message" : "messages")} "
                    + $"('sigma errors show {depth.Queue}')");
            else if (depth is { Origin: null, Consumers: 0 })
                problems.Add($"{depth.Queue} has no consumer: is its service up?");
        }
        if (!screen.Json)
            screen.Show(table, StatusCommand.Width);
    }
}
