using System.Globalization;
using Microsoft.Extensions.Options;
using Sigma.Contracts;
using Sigma.Hosting.Texts;
using Sigma.Notifier.Accounts;
using Sigma.Notifier.Alerts;
using Sigma.Notifier.Channels;
using Sigma.Notifier.Deliveries;

namespace Sigma.Notifier.Texts;

/// <summary>Says of an alert what a channel's texts say.</summary>
internal sealed class AlertText(LocalTime local, IOptions<NotifierOptions> options)
{
    static readonly HashSet<string> Named = ["account", "cuc", "code"];

    public string Of(DeliveryContent content, AccountInfo? names, ChannelOptions channel, Escape escape, string lineBreak = "\n")
    {
        if (OfKind(content, channel.IsShort) is { } ofKind)
            return Render(ofKind, content, names, channel, escape, lineBreak);
        var drill = content.Episode.IsDrill ? options.Value.Drill : null;
        var text = (content.Kind, content.Episode.EndedByRule) switch
        {
            (ContentKind.Raised, _) => drill?.RaisedText ?? channel.RaisedText,
            (ContentKind.Cleared, false) => drill?.ClearedText ?? channel.ClearedText,
            (ContentKind.Cleared, true) => drill?.ClearedText ?? channel.RuleEndedText,
            (_, false) => drill?.RaisedAndClearedText ?? channel.RaisedAndClearedText,
            (_, true) => drill?.RaisedAndClearedText ?? channel.RaisedAndRuleEndedText,
        };
        return Render(text, content, names, channel, escape, lineBreak);
    }

    /// <summary>Any text that names what an alert has.</summary>
    public string Render(string template, DeliveryContent content, AccountInfo? names, ChannelOptions channel, Escape escape,
        string lineBreak = "\n") =>
        new TextTemplate(InLanguageOf(channel, template)).Render(Values(content, names, LanguageOf(channel)), escape, lineBreak);

    /// <summary>A text in the channel's language.</summary>
    public string InLanguageOf(ChannelOptions channel, string text) => Wording.In(LanguageOf(channel), text);

    /// <summary>The line that all messages about an alert share: what was raised, whatever has become of it.</summary>
    public string SubjectOf(DeliveryContent content, AccountInfo? names, ChannelOptions channel, string counted, Escape escape)
    {
        var raised = content with { Kind = ContentKind.Raised, Episode = content.Episode with { ClearedReason = null } };
        var text = OfKind(raised, isShort: false) ?? (content.Episode.IsDrill ? options.Value.Drill.RaisedText : counted);
        return Render(text, raised, names, channel, escape, ", ");
    }

    /// <summary>The alert's line in a digest. It is never empty: what fits none of the line's placeholders is named by its id.</summary>
    public string LineOf(DeliveryContent content, AccountInfo? names, ChatOptions channel, Escape escape)
    {
        var texts = channel.Digest;
        var text = TextsOf(content.Episode) is { } ofKind ? LineOf(content, ofKind) : (content.Kind, content.Episode.EndedByRule) switch
        {
            (ContentKind.Raised, _) => texts.RaisedLine,
            (ContentKind.Cleared, false) => texts.ClearedLine,
            (ContentKind.Cleared, true) => texts.RuleEndedLine,
            (_, false) => texts.RaisedAndClearedLine,
            (_, true) => texts.RaisedAndRuleEndedLine,
        };
        return Render(text, content, names, channel, escape, " ") is { Length: > 0 } line ? line
            : $"{escape(OutsideText.Line(content.Episode.Rule), startsLine: true)} {content.Episode.AlertId}";
    }

    // A channel's own texts speak of counted events.
    KindTexts? TextsOf(Episode episode) => episode.Kind switch
    {
        RuleKind.Threshold => options.Value.Texts.Threshold,
        RuleKind.Absence => options.Value.Texts.Absence,
        RuleKind.External => options.Value.Texts.External,
        _ => null,
    };

    static string LineOf(DeliveryContent content, KindTexts texts) => content.Kind switch
    {
        _ when content.Episode.EndedByRule => texts.DigestRuleEndedLine,
        ContentKind.Raised => texts.DigestRaisedLine,
        ContentKind.Cleared => texts.DigestClearedLine,
        _ => texts.DigestRaisedAndClearedLine,
    };

    string? OfKind(DeliveryContent content, bool isShort)
    {
        var texts = TextsOf(content.Episode);
        return content.Kind switch
        {
            _ when content.Episode.EndedByRule => isShort ? texts?.ShortRuleEndedText : texts?.RuleEndedText,
            ContentKind.Raised => isShort ? texts?.ShortRaisedText : texts?.RaisedText,
            ContentKind.Cleared => isShort ? texts?.ShortClearedText : texts?.ClearedText,
            _ => isShort ? texts?.ShortRaisedAndClearedText : texts?.RaisedAndClearedText,
        };
    }

    string LanguageOf(ChannelOptions channel) => channel.Language.Length > 0 ? channel.Language : options.Value.Texts.Language;

    Dictionary<string, string> Values(DeliveryContent content, AccountInfo? names, string language)
    {
        var episode = content.Episode;
        var account = Label(episode, "account");
        Dictionary<string, string> values = new()
        {
            ["account"] = account,
            ["accountCode"] = OutsideText.Line(names?.Code) is { Length: > 0 } code ? code : account,
            ["tradeName"] = Name(names?.TradeName),
            ["company"] = Name(names?.Company),
            ["clientGroup"] = Name(names?.ClientGroup),
            ["cuc"] = Label(episode, "cuc"),
            ["code"] = Label(episode, "code"),
            ["labels"] = string.Join(", ", episode.Labels.Where(l => !Named.Contains(l.Key)).OrderBy(l => l.Key, StringComparer.Ordinal)
                .Select(l => (Name: OutsideText.Line(l.Key), Value: OutsideText.Line(l.Value)))
                .Where(l => l.Value.Length > 0).Select(l => $"{l.Name} {l.Value}")),
            // Where the rule is gone nobody has counted: what is said is what was raised with.
            ["count"] = Number(!episode.IsCounted
                ? null : content.Kind == ContentKind.Cleared && !episode.EndedByRule ? episode.ClearedCount : episode.Count),
            ["threshold"] = Number(episode.IsCounted ? episode.Threshold : null),
            ["windowFrom"] = episode.IsCounted ? local.Show(episode.WindowFrom, language) : "",
            ["windowTo"] = episode.IsCounted ? local.Show(episode.WindowTo, language) : "",
            ["since"] = local.Show(episode.WindowFrom, language),
            ["kind"] = episode.Kind,
            ["category"] = OutsideText.Line(episode.Category),
            ["summary"] = OutsideText.Line(episode.Summary),
            ["value"] = Measured(content.Kind == ContentKind.Cleared ? episode.ClearedValue : episode.Value, episode),
            ["limit"] = Measured(episode.Limit, episode),
            ["unit"] = OutsideText.Line(episode.Unit),
            ["url"] = OutsideText.Line(episode.Url),
            ["raisedAt"] = local.Show(episode.RaisedAt, language),
            ["clearedAt"] = local.Show(episode.ClearedAt, language),
            ["duration"] = LocalTime.Show(episode.ClearedAt - episode.RaisedAt),
            ["rule"] = OutsideText.Line(episode.Rule),
            ["severity"] = OutsideText.Line(episode.Severity),
            ["severityWord"] = SeverityWord.Of(OutsideText.Line(episode.Severity), language),
            ["source"] = OutsideText.Line(episode.Source),
            ["alertId"] = episode.AlertId.ToString(),
        };
        foreach (var (name, value) in episode.Labels)
            values[Placeholder.Label + name] = OutsideText.Line(value);
        foreach (var (name, value) in episode.Annotations)
            values[Placeholder.Annotation + name] = OutsideText.Line(value);
        return values;
    }

    static string Label(Episode episode, string name) => OutsideText.Line(episode.Label(name));

    string Name(string? name) => (name ?? "").Truncate(options.Value.NameLength);

    static string Measured(double? value, Episode episode) => value is { } measured
        ? $"{measured.ToString("0.###", CultureInfo.InvariantCulture)} {OutsideText.Line(episode.Unit)}".Trim() : "";

    static string Number(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
