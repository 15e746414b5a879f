using System.Text.Json;

namespace Sigma.Simulator.Segware;

internal sealed class StreamedObject<T>(T item, Action<Utf8JsonWriter, T> write) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(httpContext.Response.BodyWriter);
        write(json, item);
        json.Flush();
        await httpContext.Response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }
}
