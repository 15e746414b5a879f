using Sigma.Notifier.Accounts;
using Sigma.Notifier.Alerts;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.SystemNotices;
using Sigma.Storage;

namespace Sigma.Notifier.Channels.Webhook;

/// <summary>The body of a call. Fields are only ever added; docs/channels.md describes them.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Timestamp">When.</param>
/// <param name="Data">What is known of it.</param>
internal sealed record WebhookMessage<T>(string Type, DateTimeOffset Timestamp, T Data);

/// <summary>What is known of an alert.</summary>
internal sealed record WebhookAlert
{
    public required Guid AlertId { get; init; }
    public required string Rule { get; init; }
    public required string Kind { get; init; }
    public required string Severity { get; init; }
    public string? Category { get; init; }
    public required string Source { get; init; }
    public required IReadOnlyDictionary<string, string> Labels { get; init; }
    public string? Summary { get; init; }

    /// <summary>Of counted events, as the three below; null of other kinds.</summary>
    public int? Count { get; init; }
    public int? Threshold { get; init; }
    public DateTimeOffset? WindowFrom { get; init; }
    public DateTimeOffset? WindowTo { get; init; }
    public double? Value { get; init; }
    public double? Limit { get; init; }
    public string? Unit { get; init; }
    public required IReadOnlyDictionary<string, string> Annotations { get; init; }
    public string? Url { get; init; }
    public DateTimeOffset? RaisedAt { get; init; }
    public DateTimeOffset? ClearedAt { get; init; }
    public int? ClearedCount { get; init; }
    public string? ClearedReason { get; init; }

    /// <summary>Names of the account; null when the alert is not about one.</summary>
    public WebhookAccount? Account { get; init; }

    /// <summary>Whether it is a test that nobody must act on.</summary>
    public required bool IsDrill { get; init; }

    /// <summary>The same for people.</summary>
    public required string Text { get; init; }

    public static WebhookMessage<WebhookAlert> Of(DeliveryContent content, AccountInfo? names, string text)
    {
        var episode = content.Episode;
        var isOver = content.Kind != ContentKind.Raised;
        return new(content.Kind switch
        {
            ContentKind.Raised => "alert.raised",
            ContentKind.Cleared => "alert.cleared",
            _ => "alert.raised_and_cleared",
        }, (isOver ? episode.ClearedAt : episode.RaisedAt) ?? episode.WindowTo, new()
        {
            AlertId = episode.AlertId, Rule = episode.Rule, Kind = episode.Kind, Severity = episode.Severity, Category = episode.Category,
            Source = episode.Source, Labels = episode.Labels, Summary = episode.Summary, Annotations = episode.Annotations, Url = episode.Url,
            Count = episode.IsCounted ? episode.Count : null, Threshold = episode.IsCounted ? episode.Threshold : null,
            WindowFrom = episode.IsCounted ? episode.WindowFrom : null, WindowTo = episode.IsCounted ? episode.WindowTo : null,
            Value = content.Kind == ContentKind.Cleared ? episode.ClearedValue : episode.Value, Limit = episode.Limit, Unit = episode.Unit,
            RaisedAt = episode.RaisedAt, ClearedAt = isOver ? episode.ClearedAt : null, ClearedCount = isOver ? episode.ClearedCount : null,
            ClearedReason = isOver ? episode.ClearedReason : null, Account = Named(names), IsDrill = episode.IsDrill, Text = text,
        });
    }

    static WebhookAccount? Named(AccountInfo? names) => names is null ? null
        : new(names.Account, names.Code, names.TradeName, names.Company, names.ClientGroup);
}

/// <summary>What an account is called.</summary>
internal sealed record WebhookAccount(string Id, string Code, string TradeName, string Company, string ClientGroup);

/// <summary>What the tracker has to say of itself.</summary>
internal sealed record WebhookNotice(Guid Subject, string Kind, string Text)
{
    public static WebhookMessage<WebhookNotice> Of(NoticeContent notice, string text, DateTimeOffset now) =>
        new("notice", now, new(notice.Subject, notice.Kind.Stored(), text));
}
