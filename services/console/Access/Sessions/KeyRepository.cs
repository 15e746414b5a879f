using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Sigma.Storage;

namespace Sigma.OperatorConsole.Access.Sessions;

/// <summary>
/// The keys of cookies and forms, in a table: what one console signs, every other takes. Consoles that start at once on an empty table would each
/// make a first key, and know nothing of the other's for a day: the second one is not kept, and its console takes the first one's.
/// </summary>
internal sealed class KeyRepository(Database database, TimeProvider time) : IXmlRepository
{
    const string Lock = "keys";

    // A key for later is made two days before: the others have read it by then.
    static readonly TimeSpan AtOnce = TimeSpan.FromMinutes(10);

    // The interface does not wait. It is asked at the start and once a day.
    public IReadOnlyCollection<XElement> GetAllElements() => Task.Run(Read).GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName) => Task.Run(() => Add(element, friendlyName)).GetAwaiter().GetResult();

    async Task<IReadOnlyCollection<XElement>> Read()
    {
        await using var connection = await database.Open(CancellationToken.None);
        var all = await connection.QueryAsync<string>("select xml from console_keys order by created_at, name");
        return [.. all.Select(xml => XElement.Parse(xml))];
    }

    async Task Add(XElement element, string name)
    {
        await using var session = await database.Begin(CancellationToken.None);
        await session.Execute($"{session.Dialect.InsertIgnore} into console_sequence(name, last) values('{Lock}', 0)", null, CancellationToken.None);
        await session.First<long?>( // primary key: one at a time
            $"select last from console_sequence where name = '{Lock}' {session.Dialect.ForUpdate}", new { }, CancellationToken.None);
        if (IsInForce(element) && await HasOneInForce(session))
            return;
        await session.Execute(
            $"{session.Dialect.InsertIgnore} into console_keys(name, xml, created_at) values(@name, @xml, @now)",
            new { name, xml = element.ToString(SaveOptions.DisableFormatting), now = time.Milliseconds() }, CancellationToken.None);
        await session.Commit(CancellationToken.None);
    }

    async Task<bool> HasOneInForce(DbSession session) =>
        (await session.Query<string>("select xml from console_keys", new { }, CancellationToken.None)).Exists(xml => IsInForce(XElement.Parse(xml)));

    bool IsInForce(XElement element)
    {
        var now = time.GetUtcNow();
        return element.Name.LocalName == "key" && Time(element, "activationDate") is { } from && Time(element, "expirationDate") is { } until
            && from <= now + AtOnce && until > now + AtOnce;
    }

    static DateTimeOffset? Time(XElement key, string name) => (DateTimeOffset?)key.Element(name);
}
