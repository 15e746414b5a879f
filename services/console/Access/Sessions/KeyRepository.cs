using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Sigma.Storage;

namespace Sigma.OperatorConsole.Access.Sessions;

/// <summary>The keys of cookies and forms, in a table: what one console signs, every other takes.</summary>
internal sealed class KeyRepository(Database database, TimeProvider time) : IXmlRepository
{
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
        await session.Execute(
            $"{session.Dialect.InsertIgnore} into console_keys(name, xml, created_at) values(@name, @xml, @now)",
            new { name, xml = element.ToString(SaveOptions.DisableFormatting), now = time.Milliseconds() }, CancellationToken.None);
        await session.Commit(CancellationToken.None);
    }
}
