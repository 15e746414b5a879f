using Sigma.Hosting.Alertmanager;
using Sigma.Hosting.Api;
using Sigma.Storage;

namespace Sigma.Gateway.Alertmanager;

/// <summary>
/// The silences of one integration: the notifier's that say <c>source=</c> its name. So whoever has its key can silence its alerts, and nobody
/// else's, and sees no others.
/// </summary>
internal sealed class IntegrationSilences(NotifierClient notifier, TimeProvider time, ILogger<IntegrationSilences> log)
{
    const string SourceLabel = "source";
    const int MostMatchers = 20, LongestBy = 100, LongestWhy = 500;

    static readonly TimeSpan Known = TimeSpan.FromSeconds(5);
    static readonly DateTimeOffset SinceEver = DateTimeOffset.UnixEpoch;

    readonly RecentAnswer<IReadOnlyList<NotifierSilence>> _lasting = new(ct => notifier.All(alsoEnded: false, ct), Known, time);

    /// <summary>All of it, those that are over too.</summary>
    /// <exception cref="ServiceException">The notifier does not answer.</exception>
    public async Task<IReadOnlyList<GettableSilence>> All(string integration, CancellationToken ct) =>
        [.. (await notifier.All(alsoEnded: true, ct)).Where(silence => IsOf(silence, integration)).Select(Of)];

    /// <summary>What holds alerts of it now, also what is said of all sources; none while the notifier does not answer.</summary>
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

    /// <summary>Adds one, or puts it into the place of the one that it changes. Returns its id.</summary>
    /// <exception cref="FormatException">It is wrong; the message says how.</exception>
    /// <exception cref="KeyNotFoundException">There is none to be changed.</exception>
    /// <exception cref="ServiceException">The notifier does not do it.</exception>
    public async Task<Guid> Put(string integration, PostedSilence posted, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var order = Order(integration, posted, now);
        var known = (await notifier.All(alsoEnded: true, ct)).Where(silence => IsOf(silence, integration)).ToList();
        if (known.Exists(silence => silence.Id == order.SilenceId && !Lasts(silence)))
            order = order with { SilenceId = Guid.CreateVersion7() }; // it was ended, and is wanted again
        NotifierSilence? before = null;
        if (!string.IsNullOrEmpty(posted.Id))
            before = known.Find(silence => silence.Id.ToString() == posted.Id) ?? throw new KeyNotFoundException();
        await notifier.Add(order, ct); // before the other is ended, so that at no moment neither of them holds
        if (before is not null && Lasts(before) && before.Id != order.SilenceId)
            await notifier.End(before.Id, order.By, ct);
        _lasting.Forget();
        return order.SilenceId;
    }

    /// <summary>Ends one; not, when it is none of this integration's, or over.</summary>
    public async Task<bool> End(string integration, Guid id, CancellationToken ct)
    {
        if ((await notifier.All(alsoEnded: false, ct)).FirstOrDefault(known => known.Id == id && IsOf(known, integration)) is not { } silence)
            return false;
        await notifier.End(silence.Id, integration, ct);
        _lasting.Forget();
        return true;
    }

    static bool Lasts(NotifierSilence silence) => silence.State is "active" or "to come";

    static NotifierSilenceOrder Order(string integration, PostedSilence posted, DateTimeOffset now)
    {
        if (posted.Matchers is not { Count: > 0 and <= MostMatchers } matchers)
            throw new FormatException($"a silence has 1 to {MostMatchers} matchers");
        if (posted.EndsAt is not { } endsAt || endsAt <= now)
            throw new FormatException("end time can't be in the past");
        if (posted.StartsAt >= endsAt)
            throw new FormatException("start time must be before end time");
        var texts = matchers.Select(Text).Order(StringComparer.Ordinal).ToList();
        if (texts.TrueForAll(text => LabelMatcher.Of(text)!.Fits("")))
            throw new FormatException("at least one matcher must not match the empty string");
        var by = posted.CreatedBy is { Length: > 0 } said ? said : integration;
        var why = posted.Comment is { Length: > 0 } comment ? comment : "no comment";
        if (by.Length > LongestBy || why.Length > LongestWhy)
            throw new FormatException($"createdBy has at most {LongestBy} characters, comment {LongestWhy}");
        texts.Insert(0, $"{SourceLabel}={integration}");
        // The same order sent again is the same silence.
        var id = Ids.From([integration, posted.Id ?? "", .. texts, $"{posted.StartsAt:O}", $"{endsAt:O}", by, why]);
        return new(id, texts, posted.StartsAt is { } from && from > now ? from : null, endsAt, by, why);
    }

    static string Text(PostedMatcher? matcher)
    {
        if (matcher is not { Name: { Length: > 0 } name, Value: { } value })
            throw new FormatException("a matcher has a name and a value");
        if (name.ToLowerInvariant() == SourceLabel)
            throw new FormatException($"{SourceLabel} is no matcher of an integration's silence: it is of its own alerts alone");
        if (value.Contains('"', StringComparison.Ordinal))
            throw new FormatException("a matcher's value cannot have a quotation mark here");
        var sign = (matcher.IsEqual ?? true, matcher.IsRegex) switch
        {
            (true, false) => "=",
            (true, true) => "=~",
            (false, false) => "!=",
            _ => "!~",
        };
        var text = $"{name.ToLowerInvariant()}{sign}\"{value}\"";
        return LabelMatcher.Of(text) is null ? throw new FormatException($"{text} is no matcher, or has no pattern that can be used") : text;
    }

    static bool IsOf(NotifierSilence silence, string integration) =>
        Matchers(silence)?.Exists(matcher => matcher is { Name: SourceLabel, IsRegex: false, IsEqual: true } && matcher.Value == integration) is true;

    static List<LabelMatcher>? Matchers(NotifierSilence silence) => LabelMatcher.AllOf(silence.Matchers);

    static GettableSilence Of(NotifierSilence silence) => new(silence.Id.ToString(),
        new(silence.State switch { "active" => "active", "to come" => "pending", _ => "expired" }), silence.EndedAt ?? silence.From ?? SinceEver,
        silence.Why, silence.By, silence.From ?? SinceEver, silence.EndedAt ?? silence.Until, [.. (Matchers(silence) ?? [])
            .Where(matcher => matcher.Name != SourceLabel)
            .Select(matcher => new SilenceMatcher(matcher.Name, matcher.Value, matcher.IsRegex, matcher.IsEqual))]);
}
