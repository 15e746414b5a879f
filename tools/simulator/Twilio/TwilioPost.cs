using System.Text.Json;
using System.Text.RegularExpressions;
using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.Twilio;

/// <summary>The form that asks for a message.</summary>
internal sealed partial record TwilioPost(IReadOnlyDictionary<string, string> Form)
{
    private const int BodyLimit = 1_600, TemplateLimit = 1_024;
    private const string WhatsApp = "whatsapp:";

    public string To => Of("To") ?? "";

    public string? From => Of("From");

    public string? MessagingServiceSid => Of("MessagingServiceSid");

    public string Text => Of("Body") ?? $"{Of("ContentSid")} {Of("ContentVariables")}".Trim();

    public bool IsWhatsApp => To.StartsWith(WhatsApp, StringComparison.Ordinal);

    public bool IsTemplate => Of("ContentSid") is not null;

    /// <summary>The template's own words are not known here: its variables alone may be too long.</summary>
    public bool IsTemplateTooLong => Variables()?.EnumerateObject().Sum(variable => variable.Value.ToString().Length) > TemplateLimit;

    public JsonElement Json => JsonSerializer.SerializeToElement(Form);

    /// <returns>Twilio's code and message for what is wrong, or null. [U] The wording of the messages.</returns>
    public (int Code, string Message)? Complaint(TwilioOptions options) =>
        To.Length == 0 ? (21604, "A 'To' phone number is required.")
        : !IsAddress(To) ? (21211, $"Invalid 'To' Phone Number: {To}")
        : From is null && MessagingServiceSid is null ? (21603, "A 'From' phone number is required.")
        : MessagingServiceSid is { } service && !ServiceSid().IsMatch(service) ? (21701, $"The Messaging Service {service} does not exist.")
        : From is { } from && !IsSender(from) ? (21212, $"Invalid From Number (caller ID): {from}")
        : From is { } other && other.StartsWith(WhatsApp, StringComparison.Ordinal) != IsWhatsApp
            ? (21910, "Invalid From and To pair. From and To should be of the same channel.")
        : From is { } foreign && !IsOwn(foreign, options)
            ? (21606, $"The 'From' phone number {foreign} is not a valid, SMS-capable inbound phone number or short code for your account.")
        : From == To ? (21266, "'To' and 'From' number cannot be the same.")
        : Of("ContentSid") is { } content && !ContentSid().IsMatch(content) ? (21655, "The ContentSid is Invalid.")
        : Of("ContentVariables") is not null && Variables() is null ? (21656, "The Content Variables parameter is invalid.")
        : Of("Body") is null && Of("ContentSid") is null && Of("MediaUrl") is null ? (21602, "Message body is required.")
        : Of("Body") is { Length: > BodyLimit } ? (21617, $"The concatenated message body exceeds the {BodyLimit} character limit.")
        : Of("StatusCallback") is { } callback && !IsUrl(callback) ? (21609, $"The StatusCallback URL {callback} is not a valid URL.")
        : null;

    private static bool IsAddress(string address) => Number().IsMatch(address.StartsWith(WhatsApp, StringComparison.Ordinal)
        ? address[WhatsApp.Length..] : address);

    private static bool IsSender(string sender) => IsAddress(sender) || Sender().IsMatch(sender);

    private static bool IsOwn(string sender, TwilioOptions options) =>
        options.Numbers.Length == 0 || options.Numbers.Split(' ').Contains(sender.Replace(WhatsApp, "", StringComparison.Ordinal));

    private static bool IsUrl(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    private string? Of(string name) => Form.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    private JsonElement? Variables() =>
        Of("ContentVariables") is { } json && PostedBody.Json(System.Text.Encoding.UTF8.GetBytes(json)) is { ValueKind: JsonValueKind.Object } read
            ? read : null;

    [GeneratedRegex(@"^\+[1-9]\d{6,14}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    /// <summary>A short code, or letters of one's own.</summary>
    [GeneratedRegex(@"^(\d{3,8}|[A-Za-z0-9 ]{1,11})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Sender();

    [GeneratedRegex(@"^MG[0-9a-f]{32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ServiceSid();

    [GeneratedRegex(@"^HX[0-9a-f]{32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ContentSid();
}
