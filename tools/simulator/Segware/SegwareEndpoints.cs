using System.Globalization;

namespace Sigma.Simulator.Segware;

internal static class SegwareEndpoints
{
    public static void MapSegware(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("").AddEndpointFilter<SegwareTokenCheck>();
        api.MapGet("/v1/events", Events);
        api.MapGet("/v2/occurrences", Occurrences);
        api.MapGet("/v5/accounts/{id}", Account);
        api.MapGet("/v1/clientGroups", ClientGroups);
        api.MapGet("/v1/company/{id:long}", Company);
        api.MapGet("/v1/companies", Companies);
        api.MapPost("/v3/events/alarm", (HttpRequest request, AlarmIntake intake) => intake.Take(request));
    }

    private static IResult Events(
        HttpRequest request, SegwareStore store, SimulatorOptions options, SegwareErrors errors, SegwareJson json, TimeProvider clock)
    {
        if (QueryDates.Read(request, options.Segware) is not { } slice)
        {
            return WrongDates(errors);
        }

        var events = store.EventsOffered(slice, clock.GetUtcNow() + options.Segware.ClockAhead, options.EventLimit,
            options.Segware.InjectedEventsComeBack);
        return events.Count > options.EventLimit ? errors.OverLimit() : new StreamedArray<SegwareEvent>(events, json.Event);
    }

    private static IResult Occurrences(
        HttpRequest request, SegwareStore store, SimulatorOptions options, SegwareErrors errors, SegwareJson json, TimeProvider clock)
    {
        if (QueryDates.Read(request, options.Segware) is not { } slice)
        {
            return WrongDates(errors);
        }

        var closedBy = request.Query["occurrenceClosingUserId"].ToString();
        if (!long.TryParse(closedBy, NumberStyles.None, CultureInfo.InvariantCulture, out var userId) && closedBy.Length > 0)
        {
            return errors.Answer(StatusCodes.Status400BadRequest, "invalid_parameter", "occurrenceClosingUserId inválido.");
        }

        var found = store.OccurrencesOffered(
            slice, options.Segware.OccurrencesBy, closedBy.Length > 0 ? userId : null, clock.GetUtcNow() + options.Segware.ClockAhead,
            options.OccurrenceLimit);
        return found.Count > options.OccurrenceLimit ? errors.OverLimit() : new StreamedArray<Occurrence>(found, json.Occurrence);
    }

    private static IResult Account(string id, SegwareStore store, SimulatorOptions options, SegwareErrors errors, SegwareJson json) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && !options.Segware.UnknownAccounts.Contains(number)
        && store.Accounts.Find(number, options.Segware.GenerateAccounts) is { } account
            ? new StreamedObject<Account>(account, json.Account)
            : errors.Answer(StatusCodes.Status404NotFound, "account_not_found", "Conta não encontrada.");

    private static StreamedArray<ClientGroup> ClientGroups(SegwareStore store, SegwareJson json) => new([.. store.Accounts.Groups], json.Group);

    private static IResult Company(long id, SegwareStore store, SimulatorOptions options, SegwareErrors errors, SegwareJson json)
    {
        if (options.Segware.FailingCompanies.Contains(id) || store.Accounts.IsFailing(id))
        {
            return errors.Answer(StatusCodes.Status500InternalServerError, "internal_error", "Erro interno.");
        }

        return store.Accounts.FindCompany(id) is { } company
            ? new StreamedObject<Company>(company, json.Company)
            : errors.Answer(StatusCodes.Status404NotFound, "company_not_found", "Empresa não encontrada.");
    }

    private static StreamedArray<Company> Companies(SegwareStore store, SegwareJson json) => new([.. store.Accounts.Companies], json.Company);

    private static IResult WrongDates(SegwareErrors errors) =>
        errors.Answer(StatusCodes.Status400BadRequest, "invalid_date", "startDate e endDate devem ser ISO-8601 com fuso, em ordem.");
}
