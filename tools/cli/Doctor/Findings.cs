using System.Diagnostics;
using Sigma.Cli.Broker;
using Sigma.Cli.Data;
using Sigma.Hosting.Settings;

namespace Sigma.Cli.Doctor;

/// <summary>What one examination has found so far.</summary>
internal sealed class Findings
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    readonly Lock _lock = new();
    readonly List<Finding> _all = [];
    long _since = Stopwatch.GetTimestamp();

    /// <summary>Runs an examination, for as long as it may take; whatever becomes of it, each of its checks has a line.</summary>
    public static async Task<IReadOnlyList<Finding>> Of(IDoctorCheck examination, CancellationToken ct)
    {
        var findings = new Findings();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        (FindingState State, string Detail)? broken = null;
        try
        {
            // A driver may block its thread, or not look at the token: then it is left behind.
            await Task.Run(() => examination.Run(findings, limit.Token), CancellationToken.None).WaitAsync(limit.Token);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            broken = limit.IsCancellationRequested ? (FindingState.Wrong, $"No answer within {Limit.TotalSeconds:0} s")
                : SettingsError.From(e) is { } setting ? (FindingState.NotSeen, $"not looked at: {setting}")
                : (FindingState.Wrong, e is BrokerException or DatabaseException ? e.Message : $"{e.GetType().Name}: {e.Message}");
        }
        return findings.Complete(examination, broken);
    }

    public void Ok(string check, string detail) => Add(check, FindingState.Ok, detail, null);

    public void DoesNotApply(string check, string why) => Add(check, FindingState.DoesNotApply, why, null);

    public void Wrong(string check, string detail, string advice) => Add(check, FindingState.Wrong, detail, advice);

    void Add(string check, FindingState findingState, string detail, string? advice)
    {
        lock (_lock)
        {
            var since = _since;
            var now = Stopwatch.GetTimestamp();
            _since = now;
            _all.Add(new Finding(check, findingState, Screen.Harmless(detail).ReplaceLineEndings(" ").TrimEnd('.', ' '), advice,
                Stopwatch.GetElapsedTime(since, now)));
        }
    }

    IReadOnlyList<Finding> Complete(IDoctorCheck examination, (FindingState State, string Detail)? broken)
    {
        lock (_lock)
        {
            foreach (var check in examination.CheckNames.Where(check => !_all.Exists(f => f.Check == check)))
            {
                var (findingState, detail) = broken ?? (FindingState.NotSeen, "not looked at, because of what is wrong above");
                Add(check, findingState, detail, null);
                broken = null;
            }
            return [.. examination.CheckNames.SelectMany(check => _all.Where(f => f.Check == check))];
        }
    }
}
