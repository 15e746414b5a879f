using System.Text.Json;
using Microsoft.Extensions.Options;
using Sigma.Gateway.Answers;
using Sigma.Gateway.Intake;
using Sigma.Gateway.Protobuf;
using Sigma.Gateway.Webhooks;

namespace Sigma.Gateway.Metrics.Otlp;

/// <summary>OpenTelemetry's metrics over HTTP, in JSON or protocol buffers; the answer is written as the request is.</summary>
internal sealed class OtlpMetricsEndpoint(SamplesIntake intake, IOptions<GatewayOptions> options)
{
    readonly string[] _resourceAttributes = options.Value.Metrics.ResourceAttributes
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public async Task Handle(HttpContext http)
    {
        if (OtlpAnswer.TypeOf(http.Request.ContentType) is not { } type)
        {
            await Answer.Text(http, StatusCodes.Status415UnsupportedMediaType, $"{OtlpAnswer.WrongType}\n");
            return;
        }
        try
        {
            var delivery = await intake.Open(http, null, http.RequestAborted);
            var batch = await intake.Take(delivery, batch => new OtlpSamples(batch, _resourceAttributes).Add(type == OtlpAnswer.Json
                ? OtlpMetricsJson.Read(delivery.Body.Span) : OtlpMetricsProtobuf.Read(delivery.Body.Span)), http.RequestAborted);
            await Answer.Write(http, StatusCodes.Status200OK, type, type == OtlpAnswer.Json ? PartialJson(batch) : Partial(batch).Written);
        }
        catch (MalformedBodyException e)
        {
            await OtlpAnswer.Fail(http, type, StatusCodes.Status400BadRequest, e.Message);
        }
        catch (RefusedException e)
        {
            Answer.Headers(http, e);
            await OtlpAnswer.Fail(http, type, e.Status, e.Message);
        }
    }

    static ProtobufWriter Partial(SampleBatch batch)
    {
        ProtobufWriter response = new();
        return batch.Refused == 0 ? response : response.Message(1, new ProtobufWriter().Number(1, batch.Refused).Text(2, batch.Fault ?? ""));
    }

    static byte[] PartialJson(SampleBatch batch) => batch.Refused == 0 ? "{}"u8.ToArray() : JsonSerializer.SerializeToUtf8Bytes(
        new { partialSuccess = new { rejectedDataPoints = batch.Refused.ToString(System.Globalization.CultureInfo.InvariantCulture),
            errorMessage = batch.Fault } });
}
