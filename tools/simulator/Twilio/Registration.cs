using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Sigma.Simulator.Segware;
using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.Twilio;

internal static class Registration
{
    private const string Name = "twilio";

    public static IServiceCollection AddTwilio(this IServiceCollection services) =>
        services.AddVendor(Name, (inbox, options, clock) => new TwilioAccount(inbox, options, clock));

    public static void MapTwilio(this IEndpointRouteBuilder app)
    {
        var api = app.MapVendor(Name, (status, _) => TwilioJson.OfFault(status))
            .MapGroup($"/{TwilioJson.Version}/Accounts/{{account}}")
            .AddEndpointFilter(CheckAccount);
        api.MapPost("/Messages.json", Post);
        api.MapGet("/Messages/{sid}.json", Status);
        app.MapVendor(Name, (status, _) => TwilioJson.OfFault(status)).MapGet($"/{TwilioJson.Version}/Accounts/{{account}}.json", Account)
            .AddEndpointFilter(CheckAccount);

        app.MapPut("/_sim/twilio/messages/{sid}", (string sid, StatusOrder order, TwilioAccount account) =>
            account.SetStatus(sid, order.Status, order.ErrorCode) ? Results.NoContent() : Results.NotFound());
        app.MapPost("/_sim/twilio/whatsapp/{number}", (string number, TwilioAccount account) => account.ReceiveFrom($"whatsapp:{number}"));
    }

    private static async ValueTask<object?> CheckAccount(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var twilio = context.HttpContext.RequestServices.GetRequiredService<SimulatorOptions>().Twilio;
        var expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{twilio.AccountSid}:{twilio.AuthToken}"));
        return !SegwareTokenCheck.Same(request.Headers.Authorization.ToString(), expected)
            ? TwilioJson.Error(StatusCodes.Status401Unauthorized, 20003, "Authenticate")
            : request.RouteValues["account"] as string != twilio.AccountSid ? NotFound(request)
            : await next(context);
    }

    private static async Task<IResult> Post(string account, HttpRequest request, TwilioAccount twilio, SimulatorOptions options)
    {
        // A body that is no form has none of the parameters.
        var form = request.HasFormContentType ? Encoding.UTF8.GetString(await PostedBody.Bytes(request)) : "";
        var post = new TwilioPost(QueryHelpers.ParseQuery(form).ToDictionary(field => field.Key, field => field.Value.ToString()));
        if (post.Complaint(options.Twilio) is { } complaint)
        {
            return TwilioJson.Error(StatusCodes.Status400BadRequest, complaint.Code, complaint.Message);
        }

        switch (twilio.Refusals.Of(post.To))
        {
            case TwilioAccount.Unsubscribed:
                return TwilioJson.Error(StatusCodes.Status400BadRequest, 21610, "Attempt to send to unsubscribed recipient");
            case TwilioAccount.Landline:
                return TwilioJson.Error(StatusCodes.Status400BadRequest, 21614, $"'To' number is not a valid mobile number: {post.To}");
        }

        var message = twilio.Take(post);
        twilio.Inbox.Add(request.HttpContext, post.To, post.Text, post.Json);

        // [U] With a messaging service the first status is accepted.
        return TwilioJson.Message(account, message with { Status = post.From is null ? "accepted" : "queued" }, StatusCodes.Status201Created);
    }

    private static IResult Status(string account, string sid, HttpRequest request, TwilioAccount twilio) =>
        twilio.Find(sid) is { } message ? TwilioJson.Message(account, message, StatusCodes.Status200OK) : NotFound(request);

    private static IResult Account(string account) => Results.Json(new { sid = account, status = "active", type = "Full" });

    private static IResult NotFound(HttpRequest request) =>
        TwilioJson.Error(StatusCodes.Status404NotFound, 20404, $"The requested resource {request.Path} was not found");

    private sealed record StatusOrder(string Status, int? ErrorCode);
}
