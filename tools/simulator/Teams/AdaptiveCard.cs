using System.Text.Json;
using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.Teams;

/// <summary>
/// Checks a message with a card, and finds its text. The real workflow answers 202 to a card that it then fails to post, so that the message is
/// lost in silence: here it is refused in the open.
/// </summary>
internal static class AdaptiveCard
{
    private const string CardType = "application/vnd.microsoft.card.adaptive";

    private static readonly HashSet<string> Versions = ["1.0", "1.1", "1.2", "1.3", "1.4", "1.5"];

    private static readonly HashSet<string> Elements =
    [
        "TextBlock", "RichTextBlock", "Image", "ImageSet", "Media", "FactSet", "Container", "ColumnSet", "ActionSet", "Table",
    ];

    private static readonly HashSet<string> Actions =
        ["Action.OpenUrl", "Action.Submit", "Action.ShowCard", "Action.ToggleVisibility", "Action.Execute"];

    /// <returns>What is wrong, or null.</returns>
    public static string? Complaint(JsonElement message) =>
        message.Text("type") != "message" ? "Property 'type' must be 'message'."
        : message.Items("attachments") is not { Length: > 0 } attachments ? "Required properties are missing from object: attachments."
        : attachments.Select(OfAttachment).FirstOrDefault(complaint => complaint is not null);

    /// <returns>The texts of the cards, a line each.</returns>
    public static string Text(JsonElement message) =>
        string.Join('\n', (message.Items("attachments") ?? []).Select(one => one.Field("content")).OfType<JsonElement>().SelectMany(Texts));

    private static string? OfAttachment(JsonElement attachment) =>
        attachment.Text("contentType") != CardType ? $"Property 'contentType' must be '{CardType}'."
        : !attachment.IsAbsentOr("contentUrl", JsonValueKind.String) ? "Property 'contentUrl' must be a string or null."
        : attachment.Field("content") is not { ValueKind: JsonValueKind.Object } card ? "Required properties are missing from object: content."
        : card.Text("type") != "AdaptiveCard" ? "Property 'content.type' must be 'AdaptiveCard'."
        : !Versions.Contains(card.Text("version") ?? "") ? "Property 'content.version' must be between '1.0' and '1.5'."
        : card.Items("body") is not { Length: > 0 } body ? "Required properties are missing from object: body."
        : body.Select(OfElement).FirstOrDefault(complaint => complaint is not null) is { } wrong ? wrong
        : card.IsAbsentOr("actions", JsonValueKind.Array) && (card.Items("actions") ?? []).All(IsAction) ? null
        : "Property 'actions' must hold actions only, each link with its url.";

    private static string? OfElement(JsonElement element) => element.Text("type") switch
    {
        null => "Required properties are missing from object: type.",
        "TextBlock" when element.Text("text") is null => "Required properties are missing from object: text.",
        "Image" when element.Text("url") is null => "Required properties are missing from object: url.",
        "FactSet" when element.Items("facts")?.All(fact => fact.Text("title") is not null && fact.Text("value") is not null) != true =>
            "Property 'facts' must be an array of objects with 'title' and 'value'.",
        "Container" => (element.Items("items") ?? []).Select(OfElement).FirstOrDefault(complaint => complaint is not null),
        "ColumnSet" => (element.Items("columns") ?? []).SelectMany(column => column.Items("items") ?? [])
            .Select(OfElement).FirstOrDefault(complaint => complaint is not null),
        var type => Elements.Contains(type) ? null : $"Element type '{type}' is unknown.",
    };

    private static bool IsAction(JsonElement action) =>
        Actions.Contains(action.Text("type") ?? "")
        && (action.Text("type") != "Action.OpenUrl" || Uri.TryCreate(action.Text("url"), UriKind.Absolute, out _));

    private static IEnumerable<string> Texts(JsonElement element)
    {
        if (element.Text("type") == "TextBlock")
        {
            yield return element.Text("text")!;
        }

        foreach (var fact in element.Items("facts") ?? [])
        {
            yield return $"{fact.Text("title")} {fact.Text("value")}";
        }

        foreach (var text in new[] { "body", "items", "columns" }.SelectMany(name => element.Items(name) ?? []).SelectMany(Texts))
        {
            yield return text;
        }
    }
}
