using System.Text.Json;
using Sigma.Gateway.Answers;
using Sigma.Gateway.Intake;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Logs.Lines;
using Sigma.Gateway.Protobuf;

namespace Sigma.Gateway.Logs.OpenTelemetry;

/// <summary>OpenTelemetry's logs over HTTP, in JSON or protobuf; the answer is written as the request is.</summary>
internal sealed class OtlpLogsEndpoint(Door door, LogIntake intake, KnownFields known)
{
    const string Protocol = "otlp";

    static readonly string[] Kinds = [IntegrationKind.Logs];

    /// <summary>Answers <c>/v1/logs</c>.</summary>
    public async Task Export(HttpContext http)
    {
        if (OtlpAnswer.TypeOf(http.Request.ContentType) is not { } type)
        {
            await OtlpAnswer.Fail(http, OtlpAnswer.Json, StatusCodes.Status415UnsupportedMediaType, OtlpAnswer.WrongType);
            return;
        }
        try
        {
            var delivery = await door.Open(http, Kinds, null, null, http.RequestAborted);
            var lines = await intake.Read(delivery, (to, body) =>
            {
                if (type == OtlpAnswer.Json)
                    new OtlpLogsJson(to, known).Read(body);
                else
                    new OtlpLogsProtobuf(to, known).Read(body);
            }, http.RequestAborted);
            await intake.Keep(lines, Protocol, http.RequestAborted);
            await Answer.Write(http, StatusCodes.Status200OK, type, type == OtlpAnswer.Json ? ResponseJson(lines) : Response(lines).Written);
        }
        catch (RefusedException e)
        {
            Answer.Headers(http, e);
            await OtlpAnswer.Fail(http, type, e.Status, e.Message);
        }
    }

    /// <summary>Answers <c>/v1/traces</c>: there is no place for them, and who sends them should know.</summary>
    public static Task RefuseTraces(HttpContext http) => OtlpAnswer.Unimplemented(http,
        OtlpAnswer.TypeOf(http.Request.ContentType) ?? OtlpAnswer.Json,
        "traces are not taken in here: set OTEL_TRACES_EXPORTER=none, or OTEL_EXPORTER_OTLP_TRACES_ENDPOINT to where they are");

    // None is rejected; a message beside that is a warning.
    static string? Warning(LineCollector lines) =>
        lines.Cut == 0 ? null : $"{lines.Cut} of {lines.Lines.Count} records were longer than {lines.Limits.LongestLine} characters and were cut";

    static ProtobufWriter Response(LineCollector lines)
    {
        ProtobufWriter response = new();
        return Warning(lines) is { } warning ? response.Message(1, new ProtobufWriter().Text(2, warning)) : response;
    }

    static byte[] ResponseJson(LineCollector lines) => Warning(lines) is { } warning
        ? JsonSerializer.SerializeToUtf8Bytes(new { partialSuccess = new { rejectedLogRecords = "0", errorMessage = warning } })
        : "{}"u8.ToArray();
}
