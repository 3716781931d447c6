-- The sample database: the shop of a mill. Deterministic: the numbers come from remainders, not from random(), and prices from whole cents, whose rounding does not depend on SQLite's version.
PRAGMA journal_mode = OFF;
BEGIN;

CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT NOT NULL, grain TEXT NOT NULL, price REAL NOT NULL, organic INTEGER NOT NULL);
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, city TEXT NOT NULL, country TEXT NOT NULL, since DATE NOT NULL, note TEXT);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers (id), ordered_at DATETIME NOT NULL, status TEXT NOT NULL);
CREATE TABLE order_lines (
  order_id INTEGER NOT NULL REFERENCES orders (id), line INTEGER NOT NULL, product_id INTEGER NOT NULL REFERENCES products (id),
  kilograms INTEGER NOT NULL, amount REAL NOT NULL, PRIMARY KEY (order_id, line)) WITHOUT ROWID;

WITH grains (g, grain, base) AS (VALUES (0, 'wheat', 110), (1, 'rye', 130), (2, 'spelt', 190), (3, 'oat', 150), (4, 'corn', 120), (5, 'barley', 140), (6, 'buckwheat', 240), (7, 'chickpea', 280)),
  forms (f, form, factor) AS (VALUES (0, 'flour', 100), (1, 'fine flour', 125), (2, 'wholemeal', 110), (3, 'semolina', 135), (4, 'bran', 60), (5, 'flakes', 150))
INSERT INTO products
SELECT g * 6 + f + 1, upper(substr(grain, 1, 1)) || substr(grain, 2) || ' ' || form, grain, (base * factor + 50) / 100 / 100.0, (g * 5 + f * 3) % 4 = 0 FROM grains, forms;

WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 239),
  shops (s, shop) AS (VALUES (0, 'Panadería'), (1, 'Bakery'), (2, 'Boulangerie'), (3, 'Bäckerei'), (4, 'Forno'), (5, 'Padaria'), (6, 'Obrador'), (7, 'Piekarnia')),
  families (f, family) AS (VALUES (0, 'Núñez'), (1, 'Miller'), (2, 'Meunier'), (3, 'Müller'), (4, 'Molinari'), (5, 'Moleiro'), (6, 'O''Brien'), (7, 'Młynarz'), (8, 'del Río'), (9, 'Smith "& Sons"')),
  cities (c, city, country) AS (VALUES (0, 'Bogotá', 'Colombia'), (1, 'London', 'United Kingdom'), (2, 'Lyon', 'France'), (3, 'Köln', 'Germany'), (4, 'Bologna', 'Italy'), (5, 'Porto', 'Portugal'),
    (6, 'Madrid', 'Spain'), (7, 'Kraków', 'Poland'), (8, 'Medellín', 'Colombia'), (9, 'Sevilla', 'Spain'), (10, 'Gent', 'Belgium'))
INSERT INTO customers
SELECT i + 1, shop || ' ' || family, city, country, date('2019-01-01', '+' || (i * 7919 % 1800) || ' days'), CASE WHEN i % 9 = 0 THEN 'delivers on Saturdays, "ring twice"' END
FROM n JOIN shops ON s = i % 8 JOIN families ON f = i * 3 % 10 JOIN cities ON c = i * 5 % 11;

WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 3999)
INSERT INTO orders
SELECT i + 1, (i * 7907 + i / 13) % 240 + 1, datetime('2024-01-01', '+' || (i * 263) || ' minutes', '+' || (i * 31 % 60) || ' seconds'),
  CASE WHEN i > 3960 THEN 'open' WHEN i % 37 = 5 THEN 'cancelled' WHEN i % 53 = 11 THEN 'returned' ELSE 'delivered' END
FROM n;

INSERT INTO order_lines
SELECT o.id, l.line, p.id, k.kilograms, CAST(round(p.price * 100) AS INTEGER) * k.kilograms / 100.0
FROM orders o
JOIN (SELECT 1 AS line UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4) l ON l.line <= 1 + o.id * 11 % 4
JOIN products p ON p.id = (o.id * 17 + l.line * 29) % 48 + 1
JOIN (SELECT 5 AS kilograms, 0 AS size UNION ALL SELECT 10, 1 UNION ALL SELECT 25, 2 UNION ALL SELECT 50, 3 UNION ALL SELECT 250, 4) k ON k.size = (o.id * 3 + l.line * 7) % 5;

CREATE VIEW monthly_sales AS
SELECT strftime('%Y-%m', o.ordered_at) AS month, count(DISTINCT o.id) AS orders, sum(l.kilograms) AS kilograms, round(sum(l.amount), 2) AS amount
FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE o.status <> 'cancelled' GROUP BY 1 ORDER BY 1;

COMMIT;
