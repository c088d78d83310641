import { asOwner } from './test-clinic.ts'

/**
 * What a database is made of, as sorted lines: tables, columns, constraints, indexes, policies, grants, functions,
 * triggers and counters, whose they are, and what may be done with them. Two databases with the same lines do the same.
 * The order of columns is left out: a column that a change adds stands last.
 */
export async function describeDatabase(ownerUrl: string): Promise<readonly string[]> {
  return asOwner(ownerUrl, async client => {
    const found = await client.query<{ line: string }>(
      parts
        .map(part => `(${part})`)
        .join(' union all ')
        .replaceAll(/\$whose\(([a-z.]+)\)/g, whose)
        .replaceAll('$ours', "'unwatched'::regnamespace"),
    )
    return found.rows.map(row => row.line).sort()
  })
}

const whose =
  "case when $1 = (select nspowner from pg_namespace where oid = $ours) then 'of the owner' else pg_get_userbyid($1) end"

const parts: readonly string[] = [
  `select format('table %s: %s, row security %s, forced %s, kind %s', c.relname, $whose(c.relowner),
                 c.relrowsecurity, c.relforcerowsecurity, c.relkind) as line
   from pg_class c where c.relnamespace = $ours and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')`,
  `select format('schema %s', n.nspname) from pg_namespace n where n.nspname like 'unwatched%'`,
  `select format('grant on %s: %s to %s', c.relname, x.privilege_type, coalesce(r.rolname, 'everybody'))
   from pg_class c cross join aclexplode(c.relacl) x left join pg_roles r on r.oid = x.grantee
   where c.relnamespace = $ours and x.grantee <> c.relowner`,
  `select format('grant on %s (%s): %s to %s', c.relname, a.attname, x.privilege_type, coalesce(r.rolname, 'everybody'))
   from pg_attribute a join pg_class c on c.oid = a.attrelid cross join aclexplode(a.attacl) x
   left join pg_roles r on r.oid = x.grantee where c.relnamespace = $ours`,
  `select format('grant on schema: %s to %s', x.privilege_type, coalesce(r.rolname, 'everybody'))
   from pg_namespace n cross join aclexplode(n.nspacl) x left join pg_roles r on r.oid = x.grantee
   where n.oid = $ours and x.grantee <> n.nspowner`,
  `select format('column %s.%s: %s, %s, default %s, generated %s, identity %s, storage %s', c.relname, a.attname,
                 format_type(a.atttypid, a.atttypmod), case when a.attnotnull then 'not null' else 'null' end,
                 coalesce(pg_get_expr(d.adbin, d.adrelid), 'none'), a.attgenerated, a.attidentity, a.attstorage)
   from pg_attribute a join pg_class c on c.oid = a.attrelid
   left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
   where c.relnamespace = $ours and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped`,
  // PostgreSQL 18 keeps "not null" as a constraint too; the column says it.
  `select format('constraint %s.%s: %s, checked %s', c.relname, k.conname, pg_get_constraintdef(k.oid), k.convalidated)
   from pg_constraint k join pg_class c on c.oid = k.conrelid where c.relnamespace = $ours and k.contype <> 'n'`,
  `select format('index %s', pg_get_indexdef(i.indexrelid)) from pg_index i join pg_class c on c.oid = i.indrelid
   where c.relnamespace = $ours`,
  `select format('policy %s on %s: %s for %s to %s using (%s) with check (%s)', policyname, tablename, permissive, cmd,
                 roles::text, coalesce(qual, ''), coalesce(with_check, ''))
   from pg_policies where schemaname = 'unwatched'`,
  `select format('trigger on %s, %s: %s', c.relname, t.tgenabled, pg_get_triggerdef(t.oid))
   from pg_trigger t join pg_class c on c.oid = t.tgrelid where c.relnamespace = $ours and not t.tgisinternal`,
  `select format('function %s: %s: %s', p.oid::regprocedure, $whose(p.proowner), pg_get_functiondef(p.oid))
   from pg_proc p where p.pronamespace = $ours`,
  // With no list of its own, a function is everybody's.
  `select format('execute %s: %s', p.oid::regprocedure, coalesce(r.rolname, 'everybody'))
   from pg_proc p cross join aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x
   left join pg_roles r on r.oid = x.grantee where p.pronamespace = $ours and x.grantee <> p.proowner`,
  `select format('role %s: superuser %s, bypasses %s, signs in %s, makes roles %s, makes databases %s', rolname, rolsuper,
                 rolbypassrls, rolcanlogin, rolcreaterole, rolcreatedb)
   from pg_roles where rolname = 'unwatched_program'`,
]
