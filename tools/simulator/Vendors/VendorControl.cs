namespace Sigma.Simulator.Vendors;

/// <summary>What a test or a person asks the vendors, and orders from them.</summary>
internal static class VendorControl
{
    public static void MapVendors(this IEndpointRouteBuilder control)
    {
        var vendors = control.MapGroup("/vendors");
        vendors.MapGet("", (IEnumerable<IVendor> all) => Results.Ok(all.Select(Summary)));
        vendors.MapGet("/{name}", (string name, IEnumerable<IVendor> all) =>
            Find(all, name) is { } vendor ? Results.Ok(Everything(vendor)) : Results.NotFound());
        vendors.MapPut("/{name}/refusals", SetRefusal);
    }

    private static IResult SetRefusal(string name, RefusalOrder order, IEnumerable<IVendor> all)
    {
        if (Find(all, name) is not { } vendor)
        {
            return Results.NotFound();
        }

        try
        {
            vendor.Refusals.Set(order.Recipient, order.Reason);
            return Results.NoContent();
        }
        catch (ArgumentException unknown)
        {
            return Results.BadRequest(new { message = unknown.Message });
        }
    }

    private static IVendor? Find(IEnumerable<IVendor> all, string name) =>
        all.FirstOrDefault(vendor => vendor.Inbox.Vendor.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static object Summary(IVendor vendor) =>
        new { vendor = vendor.Inbox.Vendor, count = vendor.Inbox.Count, duplicates = vendor.Inbox.Duplicates, vendor.Refusals.Reasons };

    private static object Everything(IVendor vendor) => new
    {
        vendor = vendor.Inbox.Vendor,
        count = vendor.Inbox.Count,
        duplicates = vendor.Inbox.Duplicates,
        posts = vendor.Inbox.Posts,
        refusals = vendor.Refusals.All,
        state = vendor.State,
    };

    private sealed record RefusalOrder(string Recipient, string? Reason);
}
