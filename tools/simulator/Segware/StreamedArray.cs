using System.Text.Json;

namespace Sigma.Simulator.Segware;

/// <summary>A bare JSON array, written out as it goes.</summary>
internal sealed class StreamedArray<T>(IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write) : IResult
{
    private const int FlushAt = 32 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var body = httpContext.Response.BodyWriter;
        var cancellationToken = httpContext.RequestAborted;
        httpContext.Response.ContentType = "application/json; charset=utf-8";

        await using var json = new Utf8JsonWriter(body);
        json.WriteStartArray();
        foreach (var item in items)
        {
            write(json, item);
            if (json.BytesPending > FlushAt)
            {
                json.Flush();
                await body.FlushAsync(cancellationToken);
            }
        }

        json.WriteEndArray();
        json.Flush();
        await body.FlushAsync(cancellationToken);
    }
}
