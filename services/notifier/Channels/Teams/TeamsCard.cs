using System.Text.Json.Serialization;
using Sigma.Hosting.Texts;
using Sigma.Notifier.Texts;

namespace Sigma.Notifier.Channels.Teams;

/// <summary>The body of a call: a message with one adaptive card.</summary>
internal sealed record TeamsMessage(IReadOnlyList<TeamsAttachment> Attachments)
{
    public string Type => "message";

    /// <param name="text">Before it has Teams' markup.</param>
    public static TeamsMessage Of(string text) => new([new TeamsAttachment(TeamsCard.Of(text))]);
}

/// <summary>The card, attached.</summary>
internal sealed record TeamsAttachment(TeamsCard Content)
{
    public string ContentType => "application/vnd.microsoft.card.adaptive";

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? ContentUrl => null;
}

/// <summary>A text as an adaptive card, a block a line.</summary>
internal sealed record TeamsCard(IReadOnlyList<TeamsBlock> Body)
{
    /// <summary>Characters that stay within the 28 KB a message may have.</summary>
    public const int Longest = 6000;

    const int MostLines = 120;

    [JsonPropertyName("$schema")]
    public string Schema => "http://adaptivecards.io/schemas/adaptive-card.json";

    public string Type => "AdaptiveCard";

    public string Version => "1.4";

    [JsonPropertyName("msteams")]
    public object Teams => new { width = "Full" };

    public static TeamsCard Of(string text) => new([
        .. Markup.Teams.Finish(text.Truncate(Longest)).Split('\n').Take(MostLines).Select((line, at) => new TeamsBlock(line, at > 0 ? "None" : null)),
    ]);
}

/// <summary>A line.</summary>
internal sealed record TeamsBlock(string Text, string? Spacing)
{
    public string Type => "TextBlock";

    public bool Wrap => true;
}
