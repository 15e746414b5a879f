using System.Text;

namespace Sigma.Simulator.Segware;

internal sealed class SegwareErrors(SimulatorOptions options)
{
    public const string OverLimitKey = "registers_over_limit";

    public IResult Answer(int status, string messageKey, string message) =>
        options.Segware.ErrorBody == ErrorBody.Json
            ? Results.Json(new { messageKey, message }, statusCode: status)
            : Page(status, message);

    /// <summary>Always JSON: clients know it by its messageKey alone.</summary>
    public IResult OverLimit() =>
        Results.Json(
            new { messageKey = OverLimitKey, message = "O período informado excede o limite de registros." },
            statusCode: options.Segware.OverLimitStatus);

    public static IResult Page(int status, string message) =>
        Results.Content(
            $"<html><head><title>{status}</title></head><body><center><h1>{status}</h1>{message}</center></body></html>",
            "text/html", Encoding.UTF8, status);
}
