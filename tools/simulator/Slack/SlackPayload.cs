using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.Slack;

/// <summary>Reads a message as a hook does, and checks its fields and blocks.</summary>
internal static class SlackPayload
{
    private const int TextLimit = 40_000, BlockLimit = 50, SectionLimit = 3_000, HeaderLimit = 150, FieldLimit = 2_000, FieldCount = 10,
        ElementCount = 10, ActionCount = 25, BlockIdLimit = 255, UrlLimit = 3_000;

    public static async Task<JsonElement?> Read(HttpRequest request)
    {
        var body = await PostedBody.Bytes(request);
        if (request.HasFormContentType)
        {
            var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body));
            body = Encoding.UTF8.GetBytes(form.TryGetValue("payload", out var payload) ? payload.ToString() : "");
        }

        return PostedBody.Json(body) is { } json && json.IsObject() ? json : null;
    }

    /// <returns>Slack's word for what is wrong, or null.</returns>
    public static string? Complaint(JsonElement message)
    {
        if (!message.IsAbsentOr("text", JsonValueKind.String)
            || !message.IsAbsentOr("attachments", JsonValueKind.Array)
            || !message.IsAbsentOr("mrkdwn", JsonValueKind.True, JsonValueKind.False)
            || !message.IsAbsentOr("username", JsonValueKind.String)
            || !message.IsAbsentOr("thread_ts", JsonValueKind.String))
        {
            return "invalid_payload";
        }

        // [U] The real one may cut a text that is too long; refusing it shows the mistake.
        if (message.Text("text") is { Length: > TextLimit })
        {
            return "msg_too_long";
        }

        if (message.Field("blocks") is not null)
        {
            return message.Items("blocks") is { Length: <= BlockLimit } blocks
                && blocks.All(IsBlock)
                && blocks.Select(block => block.Text("block_id")).OfType<string>().GroupBy(id => id).All(same => same.Count() == 1)
                ? blocks.Length > 0 ? null : NoText(message)
                : "invalid_blocks";
        }

        return NoText(message);
    }

    private static string? NoText(JsonElement message) =>
        string.IsNullOrEmpty(message.Text("text")) && message.Items("attachments") is not { Length: > 0 } ? "no_text" : null;

    private static bool IsBlock(JsonElement block) =>
        block.IsAbsentOr("block_id", JsonValueKind.String)
        && (block.Text("block_id")?.Length ?? 0) <= BlockIdLimit
        && block.Text("type") switch
        {
            "section" => IsSection(block),
            "header" => IsTextObject(block.Field("text"), HeaderLimit, "plain_text"),
            "context" => block.Items("elements") is { Length: > 0 and <= ElementCount } elements
                && Array.TrueForAll(elements, element => IsImage(element) || IsTextObject(element, SectionLimit)),
            "actions" => block.Items("elements") is { Length: > 0 and <= ActionCount } elements && Array.TrueForAll(elements, IsElement),
            "image" => IsImage(block),
            "divider" => true,
            "markdown" => block.Text("text") is { Length: > 0 },
            "rich_text" => block.Items("elements") is not null,
            _ => false,
        };

    private static bool IsSection(JsonElement block) =>
        (block.Field("text") is not null || block.Field("fields") is not null)
        && (block.Field("text") is not { } text || IsTextObject(text, SectionLimit))
        && (block.Field("fields") is null
            || block.Items("fields") is { Length: > 0 and <= FieldCount } fields
            && Array.TrueForAll(fields, field => IsTextObject(field, FieldLimit)))
        && (block.Field("accessory") is not { } accessory || IsImage(accessory) || IsElement(accessory));

    private static bool IsTextObject(JsonElement? text, int limit, string? only = null) =>
        text is { } given
        && given.Text("type") is "plain_text" or "mrkdwn"
        && (only is null || given.Text("type") == only)
        && given.Text("text") is { Length: > 0 } words
        && words.Length <= limit;

    private static bool IsImage(JsonElement image) =>
        image.Text("type") == "image" && image.Text("image_url") is { Length: > 0 and <= UrlLimit } && image.Text("alt_text") is { Length: > 0 };

    private static bool IsElement(JsonElement element) =>
        element.Text("type") is { Length: > 0 } type && (type != "button" || IsTextObject(element.Field("text"), 75, "plain_text"));
}
