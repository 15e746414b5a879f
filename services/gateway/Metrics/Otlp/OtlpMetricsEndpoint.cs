using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Sigma.Gateway.Answers;
using Sigma.Gateway.Intake;
using Sigma.Gateway.Protobuf;
using Sigma.Gateway.Webhooks;

namespace Sigma.Gateway.Metrics.Otlp;

/// <summary>OpenTelemetry's metrics over HTTP, in JSON or protocol buffers; the answer is written as the request is.</summary>
internal sealed class OtlpMetricsEndpoint(SamplesIntake intake, IOptions<GatewayOptions> options)
{
    const string Json = "application/json", Protobuf = "application/x-protobuf";

    readonly string[] _resourceAttributes = options.Value.Metrics.ResourceAttributes
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public async Task Handle(HttpContext http)
    {
        if (TypeOf(http.Request.ContentType) is not { } type)
        {
            await Answer.Text(http, StatusCodes.Status415UnsupportedMediaType, $"Content-Type must be {Protobuf} or {Json}\n");
            return;
        }
        try
        {
            var delivery = await intake.Open(http, null, http.RequestAborted);
            var batch = await intake.Take(delivery, batch => new OtlpSamples(batch, _resourceAttributes).Add(type == Json
                ? OtlpMetricsJson.Read(delivery.Body.Span) : OtlpMetricsProtobuf.Read(delivery.Body.Span)), http.RequestAborted);
            await Answer.Write(http, StatusCodes.Status200OK, type, type == Json ? PartialJson(batch) : Partial(batch).Written);
        }
        catch (MalformedBodyException e)
        {
            await Fail(http, type, StatusCodes.Status400BadRequest, e.Message);
        }
        catch (RefusedException e)
        {
            Answer.Headers(http, e);
            await Fail(http, type, e.Status, e.Message);
        }
    }

    static string? TypeOf(string? contentType) => MediaTypeHeaderValue.TryParse(contentType, out var type)
        ? type.MediaType.Value?.ToLowerInvariant() switch
        {
            Json => Json,
            Protobuf => Protobuf,
            _ => null,
        }
        : null;

    static ProtobufWriter Partial(SampleBatch batch)
    {
        ProtobufWriter response = new();
        return batch.Refused == 0 ? response : response.Message(1, new ProtobufWriter().Number(1, batch.Refused).Text(2, batch.Fault ?? ""));
    }

    static byte[] PartialJson(SampleBatch batch) => batch.Refused == 0 ? "{}"u8.ToArray() : JsonSerializer.SerializeToUtf8Bytes(
        new { partialSuccess = new { rejectedDataPoints = batch.Refused.ToString(System.Globalization.CultureInfo.InvariantCulture),
            errorMessage = batch.Fault } });

    // A google.rpc.Status, whose codes are gRPC's.
    static Task Fail(HttpContext http, string type, int status, string message)
    {
        var code = status switch
        {
            StatusCodes.Status401Unauthorized => 16,
            StatusCodes.Status403Forbidden => 7,
            StatusCodes.Status404NotFound => 5,
            StatusCodes.Status413PayloadTooLarge or StatusCodes.Status429TooManyRequests => 8,
            StatusCodes.Status503ServiceUnavailable => 14,
            _ => 3,
        };
        return Answer.Write(http, status, type, type == Json ? JsonSerializer.SerializeToUtf8Bytes(new { code, message })
            : new ProtobufWriter().Number(1, code).Text(2, message).Written);
    }
}
