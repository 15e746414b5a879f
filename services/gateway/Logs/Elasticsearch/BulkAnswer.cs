using System.Text.Json;

namespace Sigma.Gateway.Logs.Elasticsearch;

/// <summary>Answers bulk requests item by item, in their order, as shippers expect it.</summary>
internal static class BulkAnswer
{
    const int FlushAt = 32 * 1024;

    /// <summary>Writes the answer.</summary>
    public static async Task Write(HttpResponse response, IReadOnlyList<BulkItem> items, TimeSpan took, CancellationToken ct)
    {
        response.ContentType = ElasticsearchErrors.Json;
        await using var json = new Utf8JsonWriter(response.BodyWriter);
        json.WriteStartObject();
        json.WriteNumber("took", (long)took.TotalMilliseconds);
        json.WriteBoolean("errors", items.Any(item => item.Error is not null));
        json.WriteStartArray("items");
        foreach (var item in items)
        {
            Write(json, item);
            if (json.BytesPending > FlushAt)
                await json.FlushAsync(ct);
        }
        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(ct);
    }

    static void Write(Utf8JsonWriter json, BulkItem item)
    {
        json.WriteStartObject();
        json.WriteStartObject(item.Action);
        json.WriteString("_index", item.Index ?? "");
        json.WriteString("_id", item.Id);
        if (item.Error is null)
        {
            json.WriteNumber("_version", 1);
            json.WriteString("result", item.Status == StatusCodes.Status201Created ? "created" : "updated");
            json.WriteStartObject("_shards");
            json.WriteNumber("total", 1);
            json.WriteNumber("successful", 1);
            json.WriteNumber("failed", 0);
            json.WriteEndObject();
            json.WriteNumber("_seq_no", 0);
            json.WriteNumber("_primary_term", 1);
        }
        json.WriteNumber("status", item.Status);
        if (item.Error is not null)
        {
            json.WriteStartObject("error");
            json.WriteString("type", item.Error);
            json.WriteString("reason", item.Reason);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
