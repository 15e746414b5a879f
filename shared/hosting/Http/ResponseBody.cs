using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Sigma.Hosting.Http;

/// <summary>
/// What the body of a 2xx itself says about the call, whatever it is labelled. It is read as far as it comes: what broke off may have said enough,
/// and nothing that goes wrong while it is read is a failure of the call.
/// </summary>
public sealed class ResponseBody
{
    const int Longest = 16_000;

    static readonly HashSet<string> Verdicts = new(StringComparer.OrdinalIgnoreCase) { "status", "success", "sent", "ok", "result" };
    static readonly HashSet<string> Errors = new(StringComparer.OrdinalIgnoreCase) { "error", "errors", "messageKey" };
    static readonly HashSet<string> Yes = new(StringComparer.OrdinalIgnoreCase) { "true", "1", "ok", "success", "sent", "queued", "accepted" };
    static readonly HashSet<string> No = new(StringComparer.OrdinalIgnoreCase)
    {
        "false", "0", "error", "fail", "failed", "failure", "refused", "rejected", "not_sent", "disconnected",
    };
    static readonly HashSet<string> Nothing = new(StringComparer.OrdinalIgnoreCase) { "", "null", "undefined", "none", "false", "0" };
    static readonly HashSet<string> Ids = new(StringComparer.OrdinalIgnoreCase) { "id", "messageId", "message_id", "idMessage" };
    // The first is how ChatPro spells it.
    static readonly HashSet<string> Receipts = new(StringComparer.OrdinalIgnoreCase)
    {
        "resposeMessage", "responseMessage", "respose", "response", "message", "data", "result", "key",
    };

    static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    bool _agrees, _refuses, _hasError;

    ResponseBody(string text)
    {
        Text = text;
        if (text.StartsWith('<'))
            IsPage = true;
        else
            Look(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Its beginning.</summary>
    public string Text { get; }

    /// <summary>It is an HTML page, sent by a proxy before the API.</summary>
    public bool IsPage { get; }

    /// <summary>It says that the call was not done.</summary>
    public bool IsRefusal => _refuses || (_hasError && !_agrees);

    /// <summary>It says that the call was done.</summary>
    public bool IsConfirmed => !IsRefusal && (_agrees || Id is not null);

    /// <summary>The API's name for what it took.</summary>
    public string? Id { get; private set; }

    /// <summary>Reads it, or as much of it as comes.</summary>
    public static async Task<ResponseBody> Read(HttpResponseMessage response, CancellationToken ct)
    {
        var buffer = new byte[Longest];
        var read = 0;
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(ct);
            for (int more; read < Longest && (more = await body.ReadAsync(buffer.AsMemory(read), ct)) > 0;)
                read += more;
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException or InvalidDataException)
        {
            // What came is looked at.
        }
        using var text = new StreamReader(new MemoryStream(buffer, 0, read), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return new ResponseBody((await text.ReadToEndAsync(CancellationToken.None)).Trim());
    }

    // A reader, and not a document: what broke off is read as far as it goes.
    void Look(byte[] json)
    {
        Utf8JsonReader reader = new(json, isFinalBlock: false, new JsonReaderState(Lenient));
        string? outer = null, inner = null;
        var root = 1; // a list of one answer counts as that answer
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.StartArray && reader.CurrentDepth == 0)
                    root = 2;
                var depth = reader.CurrentDepth - root;
                switch (reader.TokenType, depth)
                {
                    case (JsonTokenType.PropertyName, 0):
                        outer = Utf8(reader.ValueSpan);
                        inner = null;
                        break;
                    case (JsonTokenType.PropertyName, 1):
                        inner = Utf8(reader.ValueSpan);
                        break;
                    case (_, 0) when outer is not null:
                        Field(outer, ref reader);
                        break;
                    case (_, 1) when outer is not null:
                        Within(outer, inner, ref reader);
                        break;
                }
            }
        }
        catch (JsonException)
        {
            // It is no JSON from here on.
        }
    }

    void Field(string name, ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.EndObject or JsonTokenType.EndArray)
            return;
        var value = Value(ref reader);
        var number = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : (double?)null;
        if (Verdicts.Contains(name))
        {
            _agrees |= Yes.Contains(value) || number is >= 200 and < 300;
            _refuses |= No.Contains(value) || number is 0 or (>= 400 and < 600);
        }
        else if (name.Equals("statusCode", StringComparison.OrdinalIgnoreCase))
            _refuses |= number >= 400;
        else if (Errors.Contains(name))
            _hasError |= !Nothing.Contains(value) && !value.Contains("success", StringComparison.OrdinalIgnoreCase);
        else if (Ids.Contains(name))
            Id ??= IdOf(ref reader);
    }

    // Inside of an object or a list at the top: an error that says something, or the receipt.
    void Within(string outer, string? name, ref Utf8JsonReader reader)
    {
        if (Errors.Contains(outer))
            _hasError |= reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray);
        else if (Receipts.Contains(outer) && name is not null && Ids.Contains(name))
            Id ??= IdOf(ref reader);
    }

    static string? IdOf(ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.String or JsonTokenType.Number && Value(ref reader) is var id && !Nothing.Contains(id) ? id : null;

    static string Value(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null ? "" : Utf8(reader.ValueSpan).Trim();

    static string Utf8(ReadOnlySpan<byte> raw) => Encoding.UTF8.GetString(raw);
}
