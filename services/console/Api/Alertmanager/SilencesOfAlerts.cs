using Sigma.Hosting.Alertmanager;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Api.Alertmanager;

/// <summary>The notifier's silences, asked for at most every ten seconds: clients of Alertmanager look often.</summary>
internal sealed class SilencesOfAlerts(NotifierClient notifier, TimeProvider time, ILogger<SilencesOfAlerts> log)
{
    // What the notifier calls the rule, and Alertmanager the name of the alert.
    const string Rule = "rule";

    static readonly TimeSpan Lasts = TimeSpan.FromSeconds(10);
    static readonly DateTimeOffset SinceEver = DateTimeOffset.UnixEpoch;

    readonly SemaphoreSlim _turn = new(1, 1);
    IReadOnlyList<Silence>? _known;
    long _readAt;

    /// <summary>All that last or are to begin.</summary>
    /// <exception cref="ServiceException">The notifier does not answer.</exception>
    public async Task<IReadOnlyList<GettableSilence>> All(CancellationToken ct) => [.. (await Read(ct)).Select(Of)];

    /// <summary>Those that hold alerts now; none while the notifier does not answer.</summary>
    public async Task<IReadOnlyList<(string Id, IReadOnlyList<LabelMatcher> Matchers)>> InForce(CancellationToken ct)
    {
        try
        {
            List<(string, IReadOnlyList<LabelMatcher>)> found = [];
            foreach (var silence in await Read(ct))
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

    async Task<IReadOnlyList<Silence>> Read(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            if (_known is null || time.GetElapsedTime(_readAt) >= Lasts)
            {
                _known = (await notifier.Silences(alsoEnded: false, ct)).Silences;
                _readAt = time.GetTimestamp();
            }
            return _known;
        }
        finally
        {
            _turn.Release();
        }
    }

    // One with a condition that cannot be read here holds nothing here: else it would seem to hold too much.
    static List<LabelMatcher>? Matchers(Silence silence)
    {
        List<LabelMatcher> matchers = [];
        foreach (var text in silence.Matchers)
        {
            if (LabelMatcher.Of(text) is not { } matcher)
                return null;
            matchers.Add(matcher.Renamed(Rule, GettableAlert.RuleLabel));
        }
        return matchers;
    }

    static GettableSilence Of(Silence silence) => new(silence.Id.ToString(),
        new(silence.State switch { "active" => "active", "to come" => "pending", _ => "expired" }), silence.From ?? SinceEver, silence.Why,
        silence.By, silence.From ?? SinceEver, silence.EndedAt ?? silence.Until, [.. (Matchers(silence) ?? []).Select(matcher =>
            new SilenceMatcher(matcher.Name, matcher.Value, matcher.IsRegex, matcher.IsEqual))]);
}
