using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sigma.Hosting.Messaging;

namespace Sigma.Cli.Errors;

/// <summary>A message as a person reads it, and as a program does.</summary>
internal static class MessageText
{
    public const int BodyLines = 40, StackLines = 6;
    const int LargestParsed = 8 << 20, Start = 4_000;

    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void Print(Screen screen, ErrorQueue queue, ErrorMessage message, bool full)
    {
        screen.Line($"{queue.Name}  {message.Id}");
        Field(screen, "type", MessageType(message.Body));
        Field(screen, "when", Screen.Time(message.At) + " UTC");
        Field(screen, "reason", $"{message.Exception}: {message.Reason}".TrimStart(':', ' '));
        Field(screen, "consumer", message.Consumer);
        Field(screen, "stack", message.Stack is { } stack
            ? Lines(stack.Split('\n').Select(line => line.Trim()), full ? int.MaxValue : StackLines) : null);
        Field(screen, "body", Lines(Body(message.Body, full).Split('\n'), full ? int.MaxValue : BodyLines));
        screen.Line("");
    }

    public static void Write(Utf8JsonWriter json, ErrorQueue queue, ErrorMessage message)
    {
        json.WriteStartObject();
        json.WriteString("queue", queue.Name);
        json.WriteString("id", message.Id);
        json.WriteString("type", MessageType(message.Body));
        if (message.At is { } at)
            json.WriteString("at", at);
        json.WriteString("exception", message.Exception);
        json.WriteString("reason", message.Reason);
        json.WriteString("stack", message.Stack);
        json.WriteString("consumer", message.Consumer);
        json.WriteStartObject("headers");
        foreach (var (name, value) in message.Headers)
            json.WriteString(name, value);
        json.WriteEndObject();
        if (Parsed(message.Body) is { } parsed)
            using (parsed)
            {
                json.WritePropertyName("body");
                parsed.RootElement.WriteTo(json);
            }
        else if (AsText(message.Body) is { } text)
            json.WriteString("bodyText", text);
        else
            json.WriteBase64String("bodyBase64", message.Body.Span);
        json.WriteEndObject();
    }

    static string Lines(IEnumerable<string> lines, int most)
    {
        var all = lines.ToList();
        return string.Join('\n', all.Count <= most
            ? all : [.. all.Take(most), string.Create(CultureInfo.InvariantCulture, $"… {all.Count - most:#,0} more lines, --full shows them")]);
    }

    static void Field(Screen screen, string name, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            return;
        var first = true;
        var rest = Screen.Harmless(value).Split('\n');
        foreach (var line in rest)
        {
            screen.Line($"  {(first ? name : ""),-8}  {line.TrimEnd('\r')}");
            first = false;
        }
    }

    /// <summary>Of MassTransit's envelope the message in it, unless all is wanted.</summary>
    static string Body(ReadOnlyMemory<byte> body, bool full)
    {
        if (!full && body.Length > LargestParsed)
            return $"{body.Length:#,0} bytes, beginning with\n{Encoding.UTF8.GetString(body.Span[..Start])}";
        if (Parsed(body) is { } parsed)
            using (parsed)
                return JsonSerializer.Serialize(!full && parsed.RootElement is { ValueKind: JsonValueKind.Object } root
                    && root.TryGetProperty("message", out var message)
                    ? message : parsed.RootElement, Indented);
        return AsText(body) ?? $"{body.Length:#,0} bytes that are not text: {Convert.ToHexString(body.Span[..Math.Min(body.Length, 100)])}";
    }

    static JsonDocument? Parsed(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static string? AsText(ReadOnlyMemory<byte> body)
    {
        try
        {
            return Strict.GetString(body.Span);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The first of the types the envelope names, read no further than to it.</summary>
    static string? MessageType(ReadOnlyMemory<byte> body)
    {
        try
        {
            var json = new Utf8JsonReader(body.Span);
            while (json.Read())
                if (json is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 })
                {
                    var wanted = json.ValueTextEquals("messageType"u8);
                    json.Read();
                    if (!wanted)
                        json.Skip();
                    else if (json.TokenType == JsonTokenType.StartArray && json.Read() && json.TokenType == JsonTokenType.String)
                        return json.GetString()!.Replace("urn:message:", "");
                }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // not an envelope
        }
        return null;
    }
}
