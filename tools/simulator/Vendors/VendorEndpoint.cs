using System.Globalization;

namespace Sigma.Simulator.Vendors;

/// <summary>Marks a vendor's endpoints, and words its errors: its own, and those of faults.</summary>
/// <param name="Vendor">Its name.</param>
/// <param name="Error">The error with a status; the time is what a 429 asks to wait.</param>
internal sealed record VendorEndpoint(string Vendor, Func<int, TimeSpan?, IResult> Error)
{
    public static VendorEndpoint? Of(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<VendorEndpoint>();

    public static IResult TooMany(HttpContext context, TimeSpan retryAfter)
    {
        SetRetryAfter(context, retryAfter);
        return Of(context)!.Error(StatusCodes.Status429TooManyRequests, retryAfter);
    }

    public static void SetRetryAfter(HttpContext context, TimeSpan retryAfter) =>
        context.Response.Headers.RetryAfter = Seconds(retryAfter).ToString(CultureInfo.InvariantCulture);

    public static int Seconds(TimeSpan retryAfter) => (int)Math.Ceiling(retryAfter.TotalSeconds);
}
