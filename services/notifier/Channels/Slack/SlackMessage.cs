using System.Text;
using System.Text.Json.Serialization;
using Sigma.Hosting.Texts;
using Sigma.Notifier.Texts;

namespace Sigma.Notifier.Channels.Slack;

/// <summary>The body of a call: the text where no blocks are shown, as in a phone's notification, and the same as sections.</summary>
internal sealed record SlackMessage(string Text, IReadOnlyList<SlackBlock> Blocks)
{
    /// <summary>Where a bot posts it.</summary>
    public string? Channel { get; init; }

    /// <summary>The message in whose thread it is, and whether the channel shows it all the same.</summary>
    [JsonPropertyName("thread_ts")]
    public string? ThreadTs { get; init; }

    [JsonPropertyName("reply_broadcast")]
    public bool? ReplyBroadcast { get; init; }

    const int LongestSection = 3000, LongestText = 40_000, MostBlocks = 50;

    /// <param name="text">Before it has Slack's markup.</param>
    public static SlackMessage Of(string text)
    {
        var escaped = Markup.Slack.Finish(text);
        return new(escaped.Truncate(LongestText), [.. Sections(escaped).Take(MostBlocks).Select(section => new SlackBlock(new(section)))]);
    }

    /// <summary>The same with a button by which whoever reads it takes the alert on; its value is the alert's id.</summary>
    public SlackMessage WithButton(Guid alert, string text) => this with
    {
        Blocks = [Blocks[0] with { Accessory = new SlackButton(new SlackPlainText(text), $"{alert}") }, .. Blocks.Skip(1)],
    };

    static IEnumerable<string> Sections(string text)
    {
        StringBuilder section = new();
        foreach (var line in text.Split('\n').Select(line => line.Truncate(LongestSection)))
        {
            if (section.Length > 0 && section.Length + 1 + line.Length > LongestSection)
            {
                yield return section.ToString();
                section.Clear();
            }
            section.Append(section.Length > 0 ? "\n" : "").Append(line);
        }
        if (section.Length > 0)
            yield return section.ToString();
    }
}

/// <summary>A section of text.</summary>
internal sealed record SlackBlock(SlackText Text)
{
    public string Type => "section";

    /// <summary>What is beside the text.</summary>
    public SlackButton? Accessory { get; init; }
}

/// <summary>A button. What is pressed comes to the gateway by the app's interactivity.</summary>
internal sealed record SlackButton(SlackPlainText Text, string Value)
{
    public string Type => "button";

    [JsonPropertyName("action_id")]
    public string ActionId => "acknowledge";
}

/// <summary>A text without markup.</summary>
internal sealed record SlackPlainText(string Text)
{
    public string Type => "plain_text";
}

/// <summary>A text with Slack's markup.</summary>
internal sealed record SlackText(string Text)
{
    public string Type => "mrkdwn";
}
