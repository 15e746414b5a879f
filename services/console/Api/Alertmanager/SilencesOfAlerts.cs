using Sigma.Hosting.Alertmanager;
using Sigma.Hosting.Api;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Api.Alertmanager;

/// <summary>The notifier's silences, asked for at most every ten seconds: clients of Alertmanager look often.</summary>
internal sealed class SilencesOfAlerts(NotifierClient notifier, TimeProvider time, ILogger<SilencesOfAlerts> log)
{
    // What the notifier calls the rule, and Alertmanager the name of the alert.
    const string Rule = "rule";

    static readonly TimeSpan Lasts = TimeSpan.FromSeconds(10);
    static readonly DateTimeOffset SinceEver = DateTimeOffset.UnixEpoch;

    readonly RecentAnswer<IReadOnlyList<Silence>> _lasting = new(
        async ct => (await notifier.Silences(alsoEnded: false, ct)).Silences, Lasts, time);

    /// <summary>All that last or are to begin.</summary>
    /// <exception cref="ServiceException">The notifier does not answer.</exception>
    public async Task<IReadOnlyList<GettableSilence>> All(CancellationToken ct) => [.. (await _lasting.Get(ct)).Select(Of)];

    /// <summary>Those that hold alerts now; none while the notifier does not answer.</summary>
    public async Task<IReadOnlyList<(string Id, IReadOnlyList<LabelMatcher> Matchers)>> InForce(CancellationToken ct)
    {
        try
        {
            List<(string, IReadOnlyList<LabelMatcher>)> found = [];
            foreach (var silence in await _lasting.Get(ct))
                if (silence.State == "active" && Matchers(silence) is { Count: > 0 } matchers)
                    found.Add((silence.Id.ToString(), matchers));
            return found;
        }
        catch (ServiceException e)
        {
            log.LogDebug("Silences are not known: {Reason}", e.Message);
            return [];
        }
    }

    static List<LabelMatcher>? Matchers(Silence silence) =>
        LabelMatcher.AllOf(silence.Matchers)?.ConvertAll(matcher => matcher.Renamed(Rule, GettableAlert.RuleLabel));

    static GettableSilence Of(Silence silence) => new(silence.Id.ToString(),
        new(silence.State switch { "active" => "active", "to come" => "pending", _ => "expired" }), silence.From ?? SinceEver, silence.Why,
        silence.By, silence.From ?? SinceEver, silence.EndedAt ?? silence.Until, [.. (Matchers(silence) ?? []).Select(matcher =>
            new SilenceMatcher(matcher.Name, matcher.Value, matcher.IsRegex, matcher.IsEqual))]);
}
