using Microsoft.AspNetCore.Http.HttpResults;
using Sigma.Hosting.Api;
using Sigma.OperatorConsole.Access.Settings;
using Sigma.OperatorConsole.Access.Tokens;
using Sigma.OperatorConsole.Access.Users;
using Sigma.OperatorConsole.Audit;

namespace Sigma.OperatorConsole.Access;

/// <summary>Who asks, users, tokens and the audit log, over HTTP.</summary>
internal static class AccessApi
{
    const int UsualEntries = 100;

    /// <summary>Adds them to the group of the API.</summary>
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/me", Me).WithName("GetMe").WithSummary("Who asks: name, role and limits.").WithTags("Access");
        MapUsers(api.MapGroup("/users").WithTags("Users"));
        MapTokens(api.MapGroup("/tokens").WithTags("Tokens"));
        api.MapGet("/audit", Audit).WithName("ListAudit").WithTags("Audit")
            .WithSummary("Who did what and when, before and after; the newest first.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden);
        api.MapGet("/settings", Settings).WithName("ListSettings").WithTags("Settings")
            .WithSummary("The settings of every service's process as they are in force; secrets are masked.")
            .ProducesProblem(StatusCodes.Status403Forbidden);
    }

    static async Task<Ok<IReadOnlyList<ServiceSettings>>> Settings(SettingsQuery settings, HttpContext http, CancellationToken ct) =>
        TypedResults.Ok(await settings.All(Of(http), ct));

    static void MapUsers(RouteGroupBuilder users)
    {
        users.AddEndpointFilter(Refuse);
        users.MapGet("", async (UserBook book, HttpContext http, CancellationToken ct) => TypedResults.Ok(await book.List(Of(http), ct)))
            .WithName("ListUsers").WithSummary("The users.").ProducesProblem(StatusCodes.Status403Forbidden);
        users.MapGet("/{id:guid}", FindUser).WithName("GetUser").WithSummary("A user.").ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
        users.MapPost("", AddUser).WithName("AddUser").WithSummary("Adds a user; the answer has the password for the first sign-in, this once.")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        users.MapPut("/{id:guid}", ChangeUser).WithName("ChangeUser")
            .WithSummary("Changes what a user may do and see; their sessions are over.")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        users.MapPost("/{id:guid}/reset-password", ResetPassword).WithName("ResetPassword")
            .WithSummary("Gives a user a new password, which the answer has this once.")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        users.MapDelete("/{id:guid}", RemoveUser).WithName("RemoveUser").WithSummary("Removes a user.")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    static void MapTokens(RouteGroupBuilder tokens)
    {
        tokens.AddEndpointFilter(Refuse);
        tokens.MapGet("", async (TokenBook book, HttpContext http, CancellationToken ct) => TypedResults.Ok(await book.List(Of(http), ct)))
            .WithName("ListTokens").WithSummary("The tokens of programs, without the tokens themselves.")
            .ProducesProblem(StatusCodes.Status403Forbidden);
        tokens.MapPost("", AddToken).WithName("AddToken").WithSummary("Makes a token, which the answer has this once.")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        tokens.MapDelete("/{id:guid}", RevokeToken).WithName("RevokeToken").WithSummary("Revokes a token.")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
    }

    static Ok<MeAnswer> Me(HttpContext http)
    {
        var caller = Of(http);
        return TypedResults.Ok(new MeAnswer(caller.Name, caller.Role.ToString(), caller.Limits.Values));
    }

    static async Task<Results<Ok<UserView>, ProblemHttpResult>> FindUser(Guid id, UserBook book, HttpContext http, CancellationToken ct) =>
        await book.Find(id, Of(http), ct) is { } user ? TypedResults.Ok(user) : NotThere("user", id);

    static async Task<Created<UserPassword>> AddUser(NewUserBody body, UserBook book, HttpContext http, CancellationToken ct)
    {
        var added = await book.Add(body.Name, RoleOf(body.Role), LimitsOf(body.Limits), Of(http), ct);
        return TypedResults.Created($"/api/v1/users/{added.User.UserId}", added);
    }

    static async Task<Results<Ok<UserView>, ProblemHttpResult>> ChangeUser(Guid id, UserBody body, UserBook book, HttpContext http,
        CancellationToken ct) =>
        await book.Change(id, RoleOf(body.Role), LimitsOf(body.Limits), body.Disabled, Of(http), ct) is { } user
            ? TypedResults.Ok(user) : NotThere("user", id);

    static async Task<Results<Ok<UserPassword>, ProblemHttpResult>> ResetPassword(Guid id, UserBook book, HttpContext http, CancellationToken ct) =>
        await book.ResetPassword(id, Of(http), ct) is { } reset ? TypedResults.Ok(reset) : NotThere("user", id);

    static async Task<Results<NoContent, ProblemHttpResult>> RemoveUser(Guid id, UserBook book, HttpContext http, CancellationToken ct) =>
        await book.Remove(id, Of(http), ct) ? TypedResults.NoContent() : NotThere("user", id);

    static async Task<Created<NewToken>> AddToken(NewTokenBody body, TokenBook book, HttpContext http, CancellationToken ct)
    {
        var made = await book.Add(body.Name, RoleOf(body.Role), LimitsOf(body.Limits), body.ExpiresAt, Of(http), ct);
        return TypedResults.Created($"/api/v1/tokens/{made.View.TokenId}", made);
    }

    static async Task<Results<NoContent, ProblemHttpResult>> RevokeToken(Guid id, TokenBook book, HttpContext http, CancellationToken ct) =>
        await book.Revoke(id, Of(http), ct) ? TypedResults.NoContent() : NotThere("token", id);

    static async Task<Results<Ok<Page<AuditEntry>>, ProblemHttpResult>> Audit(string? by, string? what, string? subject, DateTimeOffset? from,
        DateTimeOffset? until, string? after, int? limit, AuditQuery query, HttpContext http, CancellationToken ct)
    {
        try
        {
            AuditFilter filter = new() { By = by, What = what, Subject = subject, From = from, Until = until };
            return TypedResults.Ok(await query.Page(filter, after, limit ?? UsualEntries, Of(http), ct));
        }
        catch (FormatException e)
        {
            return TypedResults.Problem(e.Message, statusCode: StatusCodes.Status400BadRequest);
        }
    }

    static Caller Of(HttpContext http) => Caller.Of(http.User);

    static Role RoleOf(string? name) => RoleNames.Read(name) ?? throw new AccessRefusedException(AccessProblem.Role);

    static LabelLimits LimitsOf(IReadOnlyDictionary<string, IReadOnlyList<string>>? limits) =>
        LimitsText.Checked(limits) ?? throw new AccessRefusedException(AccessProblem.Limits);

    static ProblemHttpResult NotThere(string what, Guid id) =>
        TypedResults.Problem($"There is no {what} {id}.", statusCode: StatusCodes.Status404NotFound);

    static async ValueTask<object?> Refuse(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (AccessRefusedException e)
        {
            return Problems.Refused([e.Message]);
        }
    }
}

/// <summary>Who asks.</summary>
/// <param name="Name">The user's name, or the token's.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Limits">What they see: for each label one of these values; empty for everything.</param>
public sealed record MeAnswer(string Name, string Role, IReadOnlyDictionary<string, IReadOnlyList<string>> Limits);

/// <summary>A user to be added.</summary>
public sealed record NewUserBody(string Name, string Role, IReadOnlyDictionary<string, IReadOnlyList<string>>? Limits = null);

/// <summary>What a user may do and see.</summary>
public sealed record UserBody(string Role, IReadOnlyDictionary<string, IReadOnlyList<string>>? Limits = null, bool Disabled = false);

/// <summary>A token to be made.</summary>
public sealed record NewTokenBody(string Name, string Role, DateTimeOffset ExpiresAt,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Limits = null);
