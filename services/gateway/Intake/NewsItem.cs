using Sigma.Contracts;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks;
using Sigma.Hosting.Texts;
using Sigma.Storage;

namespace Sigma.Gateway.Intake;

/// <summary>A piece of news of a delivery, as it is to be published, and by what it is known again.</summary>
internal sealed class NewsItem
{
    const int LongestId = 255, LongestTitle = 500, LongestUrl = 2000, LongestAnnotation = 4000, MostAnnotations = 40, LongestText = 16_000;

    static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5), NeverResolvesLease = TimeSpan.FromDays(1);

    static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero), Latest = new(2199, 1, 1, 0, 0, 0, TimeSpan.Zero);

    readonly string? _said;

    NewsItem(Integration integration, Understood said, DateTimeOffset receivedAt)
    {
        Said = said;
        ExternalId = said.ExternalId.Length <= LongestId ? said.ExternalId : $"sha256:{Ids.From(said.ExternalId):N}";
        ReceivedAt = receivedAt;
        // A time of the future is not trusted for ordering.
        SaidAt = Possible(said.ReportedAt) is { } at && at <= receivedAt + Ahead ? at : null;
        StartsAt = Possible(said.StartsAt) is { } start && start <= receivedAt + Ahead ? start : null;
        EndsAt = Possible(said.EndsAt) is { } end && end <= receivedAt + Ahead ? end : null;
        LeaseUntil = Possible(said.LeaseUntil)
            ?? (integration.CloseAfter is { } after ? receivedAt + after : said.NeverResolves ? receivedAt + NeverResolvesLease : null);
        var severity = SeverityOf(integration, said.Severity);
        (_said, Severity) = (severity, severity ?? integration.DefaultSeverity);
        var (labels, dropped) = NewsLabels.Of(integration, said);
        var annotations = AnnotationsOf(said, dropped);
        if (severity is null && said.Severity is { Length: > 0 } word)
        {
            if (said.LabelsIdentify || labels.Count >= 30)
                annotations["severity_word"] = word.Beginning(LongestUrl);
            else
                labels.TryAdd("severity_word", word.ToLowerInvariant().Beginning(32));
        }
        if (said.StartsAt is { } ahead && StartsAt is null)
            annotations["starts_at_said"] = ahead.ToString("O");
        (Labels, Annotations) = (labels, annotations);
    }

    public Understood Said { get; }

    public string ExternalId { get; }

    public DateTimeOffset ReceivedAt { get; }

    /// <summary>When the sender said so, where it says that and it can be.</summary>
    public DateTimeOffset? SaidAt { get; }

    public DateTimeOffset? StartsAt { get; }

    public DateTimeOffset? EndsAt { get; }

    public DateTimeOffset? LeaseUntil { get; }

    public string Severity { get; }

    public IReadOnlyDictionary<string, string> Labels { get; }

    public IReadOnlyDictionary<string, string> Annotations { get; }

    /// <summary>Whether it says something of a condition; else it is a line of the log.</summary>
    public bool IsCondition =>
        Said.State is UnderstoodState.Firing or UnderstoodState.Resolved or UnderstoodState.NoData or UnderstoodState.Acknowledged;

    public bool Fires => Said.State is UnderstoodState.Firing or UnderstoodState.Acknowledged;

    /// <summary>
    /// Whether it is compared with what was said of its condition before. Not so where its labels are always the same and repeating it does no harm.
    /// </summary>
    public bool IsTracked => IsCondition
        && (!Said.LabelsIdentify || Said.OnlyIfOpen || (Said.DeliveryKey != "" && Said.State != UnderstoodState.NoData));

    /// <summary>By this its condition is known.</summary>
    public Guid ConditionId(Integration integration) => Ids.From("condition", integration.Name, ExternalId);

    /// <summary>By this its repetition is known; null where it cannot be.</summary>
    public Guid? Key(Integration integration)
    {
        var time = StartsAt ?? EndsAt ?? SaidAt;
        return Said.DeliveryKey is { } key ? key.Length == 0 ? null : Ids.From("delivery", integration.Name, key)
            : time is null ? null : Ids.From("news", integration.Name, ExternalId, Said.State.Stored(), time.Value.ToString("O"));
    }

    public static NewsItem Of(Integration integration, Understood said, DateTimeOffset receivedAt) => new(integration, said, receivedAt);

    /// <summary>As news of a condition.</summary>
    public ReportedCondition Condition() => new()
    {
        ExternalId = ExternalId, Labels = Labels, State = StateOf(Said.State), ReportedAt = SaidAt ?? ReceivedAt, Severity = Severity,
        Title = Said.Title?.Beginning(LongestTitle), StartedAt = StartsAt, LeaseUntil = Fires ? LeaseUntil : null,
        Url = Said.Url?.Beginning(LongestUrl), Annotations = Annotations,
    };

    /// <summary>As a line of the log: it has no end, so it raises nothing by itself, and can be searched and counted.</summary>
    public LogLine Line() => new()
    {
        At = StartsAt ?? SaidAt ?? ReceivedAt,
        Labels = new Dictionary<string, string>(Labels) { ["event"] = Said.State.Stored() },
        Text = string.Join(": ", new[] { Said.Title, Said.Text }.Where(text => !string.IsNullOrWhiteSpace(text))).Beginning(LongestText)
            is { Length: > 0 } text ? text : ExternalId,
        Level = _said == "low" ? "medium" : _said,
        Fields = Annotations.Count == 0 && Said.Url is null ? null
            : Annotations.Append(new("external_id", ExternalId)).Append(new("url", Said.Url ?? "")).Where(field => field.Value.Length > 0)
                .DistinctBy(field => field.Key).ToDictionary(),
    };

    static ConditionState StateOf(UnderstoodState state) => state switch
    {
        UnderstoodState.Firing => ConditionState.Firing,
        UnderstoodState.Acknowledged => ConditionState.Acknowledged,
        UnderstoodState.NoData => ConditionState.NoData,
        _ => ConditionState.Resolved,
    };

    static string? SeverityOf(Integration integration, string? word) =>
        word is not { Length: > 0 } ? null
        : integration.SeverityWords.TryGetValue(word.Trim(), out var own) ? own
        : Severities.All.Contains(word) ? word : null;

    static Dictionary<string, string> AnnotationsOf(Understood said, IEnumerable<KeyValuePair<string, string>>? dropped)
    {
        Dictionary<string, string> annotations = new(StringComparer.Ordinal);
        if (!string.IsNullOrEmpty(said.Text))
            annotations["description"] = said.Text.Beginning(LongestAnnotation);
        foreach (var (name, value) in said.Annotations.Concat(dropped ?? []))
            if (annotations.Count < MostAnnotations && !string.IsNullOrEmpty(name) && value is not null)
                annotations.TryAdd(name.Beginning(LongestId), value.Beginning(LongestAnnotation));
        return annotations;
    }

    static DateTimeOffset? Possible(DateTimeOffset? time) => time is { } at && at >= Earliest && at < Latest ? at.ToUniversalTime() : null;
}
