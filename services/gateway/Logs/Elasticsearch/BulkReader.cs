using System.Text;
using System.Text.Json;
using Sigma.Gateway.Logs.Lines;
using Sigma.Gateway.Webhooks;

namespace Sigma.Gateway.Logs.Elasticsearch;

/// <summary>
/// Reads bulk requests: a line with an action, then one with the record. A wrong record is an error of its item; a wrong action is one of the whole
/// request, for nobody knows what follows it.
/// </summary>
internal sealed class BulkReader(LineCollector lines, KnownFields known, string? defaultIndex)
{
    const int LongestId = 512;
    const string IndexLabel = "index", IdField = "_id";

    readonly JsonRecords _records = new(lines, known);
    readonly List<BulkItem> _items = [];

    /// <summary>The items, in the order of the request.</summary>
    public List<BulkItem> Items => _items;

    /// <exception cref="MalformedBodyException">An action is wrong; with its line.</exception>
    public void Read(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith("\uFEFF"u8))
            body = body[3..];
        if (body.IsEmpty)
            throw new MalformedBodyException("the body", "request body is required");
        if (body[^1] != '\n')
            throw new MalformedBodyException("the end", "The bulk request must be terminated by a newline [\\n]");
        for (var number = 1; NextLine(ref body, out var line); number++)
        {
            if (line.IsEmpty)
                continue;
            var item = ReadAction(line, number);
            if (item.Action == "delete")
            {
                _items.Add(Unsupported(item));
                continue;
            }
            number++;
            if (!NextLine(ref body, out var record))
                throw new MalformedBodyException($"line {number}", $"the record of the action {item.Action} should be here");
            _items.Add(item.Action == "update" ? Unsupported(item) : ReadRecord(item, record, number));
        }
    }

    BulkItem ReadAction(ReadOnlySpan<byte> line, int number)
    {
        try
        {
            var reader = new Utf8JsonReader(line, JsonRecords.Options(lines));
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                throw Wrong(number, "expected START_OBJECT");
            reader.Read();
            if (reader.TokenType != JsonTokenType.PropertyName)
                throw Wrong(number, "expected FIELD_NAME");
            var action = Action(ref reader) ?? throw Wrong(number,
                $"expected one of [create, delete, index, update] but found [{JsonText.Of(ref reader, line)}]");
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                throw Wrong(number, "expected START_OBJECT");
            string? index = defaultIndex, id = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isIndex = reader.ValueTextEquals("_index"u8), isId = reader.ValueTextEquals("_id"u8);
                reader.Read();
                if (reader.TokenType == JsonTokenType.Null)
                    continue;
                if (isIndex)
                    index = JsonText.Of(ref reader, line);
                else if (isId)
                    id = JsonText.Of(ref reader, line);
                else
                    reader.Skip();
            }
            while (reader.Read())
            {
                // to the end: what follows the object is an error
            }
            return new BulkItem(action, index, id ?? NewId()) { IsNamed = id is not null };
        }
        catch (JsonException e)
        {
            throw Wrong(number, JsonText.Malformed(e).Reason);
        }
    }

    BulkItem ReadRecord(BulkItem item, ReadOnlySpan<byte> record, int number)
    {
        if (item.IsNamed && (item.Id.Length == 0 || Encoding.UTF8.GetByteCount(item.Id) > LongestId))
            return item with { Status = 400, Error = "illegal_argument_exception", Reason = $"_id must have 1 to {LongestId} bytes" };
        var before = lines.Lines.Count;
        try
        {
            var reader = new Utf8JsonReader(record, JsonRecords.Options(lines));
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                return Unparsable(item, number, "a record must be an object");
            if (item.Index is { Length: > 0 } index)
                lines.Set(IndexLabel, index);
            if (item.IsNamed)
                lines.Fields.Add(IdField, item.Id);
            _records.Read(ref reader, record);
            reader.Read(); // nothing may follow
            return item with { Line = before };
        }
        catch (JsonException e)
        {
            lines.Labels.Clear();
            lines.Fields.Take();
            lines.KeepFirst(before);
            return Unparsable(item, number, JsonText.Malformed(e).Message);
        }
    }

    static string? Action(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("create"u8) ? "create"
        : reader.ValueTextEquals("index"u8) ? "index"
        : reader.ValueTextEquals("update"u8) ? "update"
        : reader.ValueTextEquals("delete"u8) ? "delete"
        : null;

    static BulkItem Unsupported(BulkItem item) => item with
    {
        Status = 400,
        Error = "action_request_validation_exception",
        Reason = $"{item.Action} is not supported: log lines are only added",
    };

    static BulkItem Unparsable(BulkItem item, int number, string reason) =>
        item with { Status = 400, Error = "document_parsing_exception", Reason = $"[line {number}] failed to parse: {reason}" };

    static MalformedBodyException Wrong(int number, string reason) => new($"line {number}", $"Malformed action/metadata line [{number}], {reason}");

    static string NewId() => Guid.NewGuid().ToString("N")[..20];

    static bool NextLine(ref ReadOnlySpan<byte> body, out ReadOnlySpan<byte> line)
    {
        var end = body.IndexOf((byte)'\n');
        if (end < 0)
        {
            line = default;
            return false;
        }
        line = body[..end].TrimEnd((byte)'\r');
        if (line.Trim(" \t"u8).IsEmpty)
            line = default;
        body = body[(end + 1)..];
        return true;
    }
}
