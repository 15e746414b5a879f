using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Sigma.Hosting.Texts;

namespace Sigma.Hosting.Telemetry;

/// <summary>
/// A line for people: time in UTC, level, who, the sentence, and the beginning of the trace id. No line breaks and nothing that is not seen, whatever
/// a field holds.
/// </summary>
internal sealed class TextLine() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "sigma-text";

    static readonly string[] Levels = ["trce", "dbug", "info", "warn", "fail", "crit", "none"];

    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopes, TextWriter writer)
    {
        var trace = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? $" [{activity.TraceId.ToHexString()[..8]}]" : "";
        var exception = entry.Exception is { } e ? $" {e}" : "";
        writer.WriteLine($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff}Z {Levels[(int)entry.LogLevel]} {entry.Category}: "
            + PlainLine.Harmless(entry.Formatter(entry.State, entry.Exception) + exception) + trace);
    }
}

/// <summary>A line for machines: one JSON object, the message's fields at its top level.</summary>
internal sealed class JsonLine() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "sigma-json";

    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    static readonly HashSet<string> Own = ["Timestamp", "LogLevel", "Category", "Message", "TraceId", "SpanId", "Exception", "{OriginalFormat}"];

    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopes, TextWriter writer)
    {
        ArrayBufferWriter<byte> buffer = new(512);
        using (Utf8JsonWriter json = new(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteString("Timestamp", Utc(TimeProvider.System.GetUtcNow()));
            json.WriteString("LogLevel", entry.LogLevel.ToString());
            json.WriteString("Category", entry.Category);
            json.WriteString("Message", entry.Formatter(entry.State, entry.Exception));
            if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
            {
                json.WriteString("TraceId", activity.TraceId.ToHexString());
                json.WriteString("SpanId", activity.SpanId.ToHexString());
            }
            var fields = entry.State as IEnumerable<KeyValuePair<string, object?>> ?? [];
            foreach (var (name, value) in fields.Where(f => !Own.Contains(f.Key)).DistinctBy(f => f.Key))
                Write(json, name, value);
            if (entry.Exception is { } exception)
                json.WriteString("Exception", exception.ToString());
            json.WriteEndObject();
        }
        writer.WriteLine(JsonText.Visible(Encoding.UTF8.GetString(buffer.WrittenSpan)));
    }

    static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    static void Write(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null: json.WriteNull(name); break;
            case bool flag: json.WriteBoolean(name, flag); break;
            case int or long or uint or short or byte: json.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case double number when double.IsFinite(number): json.WriteNumber(name, number); break;
            case DateTimeOffset time: json.WriteString(name, Utc(time)); break;
            case DateTime time: json.WriteString(name, Utc(time)); break;
            default: json.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture)); break;
        }
    }
}
