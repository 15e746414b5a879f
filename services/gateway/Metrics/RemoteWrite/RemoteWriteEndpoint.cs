using System.Globalization;
using Microsoft.Net.Http.Headers;
using Sigma.Gateway.Answers;
using Sigma.Gateway.Intake;
using Sigma.Gateway.Webhooks;

namespace Sigma.Gateway.Metrics.RemoteWrite;

/// <summary>
/// Prometheus' remote write, 1.0 and 2.0. A request of which a sample is refused is 400, though the others are kept: never 2xx for a part. What
/// overloads is 503, for its senders give up on 429 by default.
/// </summary>
internal sealed class RemoteWriteEndpoint(SamplesIntake intake)
{
    const string Version2 = "io.prometheus.write.v2.Request", Version1 = "prometheus.WriteRequest";

    public async Task Handle(HttpContext http)
    {
        if (IsVersion2(http.Request.ContentType) is not { } isVersion2)
        {
            await Answer.Text(http, StatusCodes.Status415UnsupportedMediaType,
                "Content-Type must be application/x-protobuf, of prometheus.WriteRequest or io.prometheus.write.v2.Request\n");
            return;
        }
        if (http.Request.Headers.ContentEncoding is [var encoding] && !"snappy".Equals(encoding, StringComparison.OrdinalIgnoreCase))
        {
            await Answer.Text(http, StatusCodes.Status415UnsupportedMediaType, "Content-Encoding must be snappy\n");
            return;
        }
        http.Request.Headers.ContentEncoding = "snappy"; // what is not said is so all the same
        var (samples, histograms) = (0, 0);
        try
        {
            var delivery = await intake.Open(http, null, http.RequestAborted);
            var batch = await intake.Take(delivery, batch =>
            {
                RemoteWriteReader reader = new(batch);
                if (isVersion2)
                    reader.ReadVersion2(delivery.Body.Span);
                else
                    reader.ReadVersion1(delivery.Body.Span);
                (samples, histograms) = (reader.Samples, reader.Histograms);
            }, http.RequestAborted);
            Written(http, samples, histograms);
            if (batch.Refused == 0)
                http.Response.StatusCode = StatusCodes.Status204NoContent;
            else
                await Answer.Text(http, StatusCodes.Status400BadRequest,
                    $"{batch.Refused} of {batch.Refused + batch.Understood} samples are refused, the others are kept: {batch.Fault}\n");
        }
        catch (MalformedBodyException e)
        {
            Written(http, 0, 0);
            await Answer.Text(http, StatusCodes.Status400BadRequest, e.Message + "\n");
        }
        catch (RefusedException e)
        {
            Written(http, 0, 0);
            await Answer.Refused(http, e, e.Refusal == Refusal.TooMany ? StatusCodes.Status503ServiceUnavailable : null);
        }
    }

    // Its senders of version 2 take what is not said here for lost.
    static void Written(HttpContext http, int samples, int histograms)
    {
        var headers = http.Response.Headers;
        headers["X-Prometheus-Remote-Write-Samples-Written"] = samples.ToString(CultureInfo.InvariantCulture);
        headers["X-Prometheus-Remote-Write-Histograms-Written"] = histograms.ToString(CultureInfo.InvariantCulture);
        headers["X-Prometheus-Remote-Write-Exemplars-Written"] = "0";
    }

    static bool? IsVersion2(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type)
            || !type.MediaType.Equals("application/x-protobuf", StringComparison.OrdinalIgnoreCase))
            return null;
        var message = type.Parameters.FirstOrDefault(parameter => parameter.Name.Equals("proto", StringComparison.OrdinalIgnoreCase))?.Value.Value;
        return message switch
        {
            null or Version1 => false,
            Version2 => true,
            _ => null,
        };
    }
}
