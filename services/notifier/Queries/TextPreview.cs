using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sigma.Contracts;
using Sigma.Hosting.Settings;
using Sigma.Notifier.Accounts;
using Sigma.Notifier.Alerts;
using Sigma.Notifier.Channels;
using Sigma.Notifier.Channels.Email;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Receivers;
using Sigma.Notifier.Texts;

namespace Sigma.Notifier.Queries;

/// <summary>What the settings make of an alert that is made up: nothing is asked, and nothing is sent.</summary>
public static class TextPreview
{
    /// <summary>Kinds of alerts there are, and drills.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [RuleKind.Count, RuleKind.Threshold, RuleKind.Absence, RuleKind.External, Drill.Source];

    /// <summary>Languages there are.</summary>
    public static IReadOnlyList<string> Languages { get; } = [Wording.Portuguese, Wording.English];

    /// <summary>What can be asked for: the integrations that are set up, and types with what they are by default.</summary>
    /// <exception cref="OptionsValidationException">A setting is wrong.</exception>
    public static IReadOnlyList<string> Channels(IConfiguration configuration) =>
        [.. ReceiverSettings.Read(configuration).Integrations.Select(integration => integration.Name).Union(ChannelTypes.Names)];

    /// <summary>Each text of a channel, as its vendor gets it.</summary>
    /// <param name="configuration">The notifier's settings.</param>
    /// <param name="channel">One of <see cref="Channels"/>.</param>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="language">One of <see cref="Languages"/>; null for what is set.</param>
    /// <exception cref="OptionsValidationException">A setting is wrong.</exception>
    public static IReadOnlyList<PreviewedText> Of(IConfiguration configuration, string channel, string kind, string? language)
    {
        var options = Options.Create(SettingsReader.Read<NotifierOptions>(configuration, "Notifier"));
        var settings = ReceiverSettings.Read(configuration).Integrations.FirstOrDefault(integration => integration.Name == channel)?.Settings
            ?? ChannelTypes.All.First(type => type.Name == channel).NewSettings(configuration);
        if (language is not null)
            settings.Language = language;
        AlertText text = new(new LocalTime(options, NullLogger<LocalTime>.Instance), options);
        List<PreviewedText> all = [];
        if (settings is EmailOptions email)
            all.Add(new("subject", Markup.Plain.Finish(text.SubjectOf(Content(kind, ContentKind.Raised), Names, email, email.Subject,
                Markup.Plain.Escape))));
        Add("raised", Content(kind, ContentKind.Raised));
        Add("cleared", Content(kind, ContentKind.Cleared));
        Add("raised and cleared", Content(kind, ContentKind.RaisedAndCleared));
        if (kind != Drill.Source)
        {
            Add("cleared, its rule changed", Content(kind, ContentKind.Cleared, "rule-changed"));
            Add("raised and cleared, its rule changed", Content(kind, ContentKind.RaisedAndCleared, "rule-changed"));
        }
        if (settings is ChatOptions chat && kind != Drill.Source)
        {
            DeliveryContent[] contents = [Content(kind, ContentKind.Raised), Content(kind, ContentKind.Cleared)];
            all.Add(new("digest", chat.Markup.Finish(new DigestText(text).Of(contents, [Names, Names], chat, chat.Markup.Escape).Text)));
        }
        return all;

        void Add(string what, DeliveryContent content) =>
            all.Add(new(what, settings.Markup.Finish(text.Of(content, Names, settings, settings.Markup.Escape, settings.LineBreak))));
    }

    static AccountInfo Names { get; } = new("300000", LookupStatus.Known, "0042", 3, "Padaria do Zé", "Vigília Sul Ltda", "Varejo");

    static DeliveryContent Content(string kind, ContentKind says, string? reason = null)
    {
        DateTimeOffset raised = new(2026, 11, 20, 21, 0, 30, TimeSpan.Zero);
        var example = ExampleOf(kind);
        var isCounted = kind is RuleKind.Count or Drill.Source;
        return new(Guid.Empty, says, new Episode
        {
            AlertId = new Guid("3276c17c-b6de-4cef-9688-caf9a8edd8e9"), Rule = isCounted ? "excess" : $"example-of-{kind}", Severity = "warning",
            Source = kind == Drill.Source ? Drill.Source : "segware", Labels = example.Labels, Kind = isCounted ? RuleKind.Count : kind,
            Summary = example.Summary, Count = isCounted ? 25 : 0, Threshold = isCounted ? 20 : 0,
            Value = example.Value, Limit = example.Limit, Unit = example.Unit, Url = example.Url,
            WindowFrom = raised.AddHours(-2), WindowTo = raised.AddSeconds(-30), RaisedAt = raised,
            ClearedAt = says == ContentKind.Raised ? null : raised.AddMinutes(65), ClearedCount = says == ContentKind.Raised ? null : 4,
            ClearedReason = says == ContentKind.Raised ? null : reason ?? "volume-normal",
        });
    }

    static Example ExampleOf(string kind) => kind switch
    {
        RuleKind.Threshold => new(new() { ["host"] = "web-1", ["disk"] = "/var" }, "disk is nearly full") { Value = 97.2, Limit = 90, Unit = "%" },
        RuleKind.Absence => new(new() { ["agent"] = "web-1" }, "nothing heard of it for 10 min"),
        RuleKind.External => new(new() { ["alertname"] = "HighLatency", ["service"] = "api" }, "p99 latency above 2 s")
            { Url = "https://grafana.example.org/alerting/1" },
        _ => new(new() { ["account"] = "300000", ["cuc"] = "ALR", ["code"] = "E130" }, null),
    };

    sealed record Example(Dictionary<string, string> Labels, string? Summary)
    {
        public double? Value { get; init; }
        public double? Limit { get; init; }
        public string? Unit { get; init; }
        public string? Url { get; init; }
    }
}

/// <summary>A text of a channel.</summary>
/// <param name="Says">What it is said of.</param>
/// <param name="Text">With the channel's markup.</param>
public sealed record PreviewedText(string Says, string Text);
