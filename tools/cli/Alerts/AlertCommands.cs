using System.CommandLine;

namespace Sigma.Cli.Alerts;

/// <summary>Has evaluators do something with alerts, one after the other.</summary>
internal static class AlertCommands
{
    public static async Task<int> Publish<T>(ParseResult typed, IReadOnlyList<Guid> alerts, Func<Guid, T> command, CancellationToken ct)
        where T : class
    {
        var screen = new Screen(typed);
        await using var orders = await Tracker.Orders(typed, ct);
        var (exitCode, last) = (ExitCode.Ok, (string?)null);
        foreach (var alert in alerts)
        {
            if (await orders.Give(alert, command(alert), ct) is not { } fault)
            {
                screen.Line(new { alertId = alert, command = typeof(T).Name }, $"{alert}: the evaluator is told");
                continue;
            }
            if (fault != last)
                screen.Say(fault);
            (exitCode, last) = (ExitCode.ProblemFound, fault);
        }
        return exitCode;
    }
}
